package pointsman.dialect.wire;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/// Changes a few bytes of a JSON document, mostly to others on which its grammar turns.
public final class ByteEdits {
    private static final String TURNING = "{}[]\",:\\ \n01-.eutfn/x\u0000\u00C3\u00A9\u00FF";

    private ByteEdits() {}

    /// A document with some bytes cut out or put in.
    public static byte[] of(byte[] document, long seed, int edits) {
        var random = new Random(seed);
        var bytes = document;
        for (int edit = 0; edit < edits; edit++) {
            int at = random.nextInt(bytes.length);
            var out = new ByteArrayOutputStream();
            out.write(bytes, 0, at);
            if (random.nextBoolean()) {
                out.write(TURNING.charAt(random.nextInt(TURNING.length())));
            }
            int behind = Math.min(bytes.length - 1, at + random.nextInt(3));
            out.write(bytes, behind, bytes.length - behind);
            bytes = out.toByteArray();
        }
        return bytes;
    }
}
