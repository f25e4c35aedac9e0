package pointsman.table;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;

/// Bytes to characters: the byte order mark, which is taken off, tells UTF-8 or UTF-16; without one it is UTF-8.
/// A byte that does not belong is an error (a [java.nio.charset.CharacterCodingException]), never a silent
/// replacement.
final class StrictText {
    private StrictText() {}

    static Reader reader(InputStream input) throws IOException {
        var pushback = new PushbackInputStream(input, 3);
        var charset = charset(pushback);
        return new InputStreamReader(
                pushback,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    static boolean isUtf8(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        if (at == to) {
            return true;
        }
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, at, to - at));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private static Charset charset(PushbackInputStream input) throws IOException {
        var start = input.readNBytes(3);
        if (matches(start, 0xEF, 0xBB, 0xBF)) {
            return UTF_8;
        }
        int mark = matches(start, 0xFE, 0xFF) || matches(start, 0xFF, 0xFE) ? 2 : 0;
        input.unread(start, mark, start.length - mark);
        return mark == 0 ? UTF_8 : matches(start, 0xFE) ? UTF_16BE : UTF_16LE;
    }

    private static boolean matches(byte[] start, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= start.length || (start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
