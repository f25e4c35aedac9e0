package pointsman.command;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Reads lines of UTF-8 and refuses what is neither short enough nor UTF-8, instead of filling the memory or guessing.
final class LineReader {
    static final int LONGEST_LINE = 16 << 20; // bytes

    private final InputStream in;
    private long number;

    LineReader(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /// The number of the line that was read last, counted from 1.
    long number() {
        return number;
    }

    /// The next line without its end, or nothing after the last one.
    Optional<String> next() throws IOException, MalformedLineException {
        var first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        number++;
        var line = new ByteArrayOutputStream();
        for (var next = first; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == LONGEST_LINE) {
                throw new MalformedLineException(number, "longer than %d bytes".formatted(LONGEST_LINE));
            }
            line.write(next);
        }
        return Optional.of(decoded(line.toByteArray()));
    }

    private String decoded(byte[] line) throws MalformedLineException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedLineException(number, "not UTF-8");
        }
    }
}
