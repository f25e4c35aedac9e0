package pointsman.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// The SHA-256 of a tenant's key, the only form in which the gateway keeps it. A fast hash is right here: a key is 256
/// random bits, so there is nothing to guess that a slow hash would protect.
public final class KeyHash {
    private static final String PREFIX = "sha256:";
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    private final byte[] digest;

    private KeyHash(byte[] digest) {
        this.digest = digest;
    }

    /// A hash as it is configured.
    ///
    /// @param text `sha256:` and 64 hex digits
    public static KeyHash parse(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "key-hashes: must be sha256: and 64 hex digits (make one with `pointsman.jar key`)");
        }
        return new KeyHash(HexFormat.of().parseHex(text, PREFIX.length(), text.length()));
    }

    /// The hash of a key that a client presented.
    public static KeyHash of(String key) {
        try {
            return new KeyHash(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// A new key: `pm-` and 256 random bits.
    public static String newKey() {
        var bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return "pm-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// `sha256:` and 64 hex digits, as it is configured.
    public String text() {
        return PREFIX + HexFormat.of().formatHex(digest);
    }

    /// Whether both are the same, compared whole and in constant time.
    public boolean matches(KeyHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }
}
