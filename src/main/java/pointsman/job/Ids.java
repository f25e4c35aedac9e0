package pointsman.job;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/// Names that nobody can guess, and names that say nothing about what they stand for.
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 16;
    private static final int MILLIS_BYTES = 6;

    private Ids() {}

    /// 128 random bits in hex.
    public static String random() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// The milliseconds of a moment and 80 random bits in hex: the later of two ids is the larger, as in
    /// UUIDs of version 7 (RFC 9562, section 5.7). Lists are ordered by seconds, as clients see them, and
    /// then by id.
    public static String at(long epochMillis) {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        for (int at = 0; at < MILLIS_BYTES; at++) {
            bytes[at] = (byte) (epochMillis >>> (Byte.SIZE * (MILLIS_BYTES - 1 - at)));
        }
        return HexFormat.of().formatHex(bytes);
    }

    /// The SHA-256 of some texts in hex; where one ends and the next begins counts.
    public static String hash(String... texts) {
        var digest = sha256();
        for (var text : texts) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update("%d:".formatted(bytes.length).getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
