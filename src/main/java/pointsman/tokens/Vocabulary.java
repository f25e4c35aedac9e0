package pointsman.tokens;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import pointsman.table.Dictionary;

/// Reads a vocabulary as OpenAI publishes it: a token a line, in Base64, then a space and its rank, which
/// is the number of the line. The build takes the file out of JTokkit's jar and puts it beside this class,
/// as it is: so its hash can be held against the published one.
final class Vocabulary {
    private static final String O200K = "o200k_base.tiktoken";
    private static final int O200K_TOKENS = 200_000;
    private static final byte[] SEXTETS = sextets();

    private final byte[] file;
    private byte[] token = new byte[256];
    private int at;

    private Vocabulary(byte[] file) {
        this.file = file;
    }

    /// The tokens of `o200k_base`, numbered by their ranks.
    static Dictionary o200k() {
        try (var file = Vocabulary.class.getResourceAsStream(O200K)) {
            if (file == null) {
                throw new IOException("the jar lacks " + O200K);
            }
            return new Vocabulary(file.readAllBytes()).tokens();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Dictionary tokens() {
        var tokens = new Dictionary(O200K_TOKENS);
        while (at < file.length) {
            tokens.code(token, 0, decoded());
            skipLine();
        }
        return tokens;
    }

    /// Decodes up to the next space, and returns how many bytes that are. Four characters make three bytes:
    /// each but the first of a four completes one.
    private int decoded() {
        int start = at;
        int bits = 0;
        int length = 0;
        for (; file[at] != ' ' && file[at] != '='; at++) {
            bits = bits << 6 | SEXTETS[file[at]];
            int place = (at - start) & 3;
            if (place > 0) {
                token[length++] = (byte) (bits >> (6 - 2 * place));
            }
        }
        return length;
    }

    private void skipLine() {
        while (at < file.length && file[at] != '\n') {
            at++;
        }
        at++;
    }

    private static byte[] sextets() {
        var sextets = new byte[128];
        var digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(US_ASCII);
        for (byte value = 0; value < digits.length; value++) {
            sextets[digits[value]] = value;
        }
        return sextets;
    }
}
