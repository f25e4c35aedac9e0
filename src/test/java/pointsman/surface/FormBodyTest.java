package pointsman.surface;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import pointsman.failure.FailureException;

/// Forms keep their bytes but for the model, and those that could be read in two ways are refused.
class FormBodyTest {
    private static final String BOUNDARY = "----x7MA4YWxk";
    private static final MediaType TYPE = MediaType.parseMediaType("multipart/form-data; boundary=" + BOUNDARY);
    private static final String MODEL = "Content-Disposition: form-data; name=\"model\"\r\n\r\n";

    @Property(tries = 500)
    void everyOtherPartKeepsItsBytes(@ForAll long seed) {
        var random = new Random(seed);
        var parts = parts(random);
        var place = random.nextInt(parts.size() + 1);

        var read = FormBody.read(Surface.TRANSCRIPTION, TYPE, form(parts, place, MODEL + "whisper"));

        assertThat(read.model()).isEqualTo("whisper");
        assertThat(sent(read, "whisper-1@eu")).isEqualTo(form(parts, place, MODEL + "whisper-1@eu"));
    }

    @Property(tries = 200)
    void aFormWithoutAModelPassesAsItIs(@ForAll long seed) {
        var form = form(parts(new Random(seed)), -1, "");

        var read = FormBody.read(Surface.IMAGE_EDIT, TYPE, form);

        assertThat(read.model()).isEmpty();
        assertThat(sent(read, "default")).isEqualTo(form);
    }

    /// Whatever is broken in a form, it is read or refused.
    @Property(tries = 500)
    void noFormIsABug(@ForAll long seed) {
        var random = new Random(seed);
        var form = form(parts(random), 0, MODEL + "m");
        for (int change = random.nextInt(1, 6); change > 0; change--) {
            form[random.nextInt(form.length)] = (byte) random.nextInt();
        }
        try {
            var read = FormBody.read(Surface.TRANSCRIPTION, TYPE, form);
            assertThat(sent(read, "m").length).isPositive();
        } catch (FailureException refused) {
            assertThat(refused.failure().status()).isEqualTo(400);
        }
    }

    @Test
    void aStreamIsAskedForInAField() {
        var form = form(List.of(part("stream", "true".getBytes(UTF_8))), 0, MODEL + "m");

        assertThat(FormBody.read(Surface.TRANSCRIPTION, TYPE, form).raw().isStream())
                .isTrue();
    }

    @Test
    void aQuotedBoundaryIsTheSame() {
        var type = MediaType.parseMediaType("multipart/form-data; boundary=\"" + BOUNDARY + "\"");

        assertThat(FormBody.read(Surface.TRANSCRIPTION, type, form(List.of(), 0, MODEL + "m"))
                        .model())
                .isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--B\r\nM\r\n\r\na\r\n--B\r\nM\r\n\r\nb\r\n--B--\r\n", // two models
                "--B\r\nContent-Disposition: form-data; name*=UTF-8''model\r\n\r\nb\r\n--B--\r\n",
                "--B\r\nContent-Disposition: form-data; name=\"mod\\el\"\r\n\r\nb\r\n--B--\r\n",
                "--B\r\nContent-Disposition: form-data; name=\"x\"; name=\"model\"\r\n\r\nb\r\n--B--\r\n",
                "--B\r\nContent-Disposition: form-data;\r\n name=\"model\"\r\n\r\nb\r\n--B--\r\n", // folded
                "--B\r\nM\r\n\r\na\n--B\nM\n\nb\r\n--B--\r\n", // bare line feeds
                "--B\r\nM\r\n\r\na\r\n--B--\r\n--B\r\nM\r\n\r\nb\r\n--B--\r\n", // goes on behind its end
                "preamble\r\n--B\r\nM\r\n\r\na\r\n--B--\r\n",
                "--B\r\nM\r\n\r\na", // cut
                "--B\r\n\r\na\r\n--B--\r\n", // no head
                ""
            })
    void whatCouldBeReadInTwoWaysIsRefused(String form) {
        var bytes = form.replace("M\r\n", "Content-Disposition: form-data; name=\"model\"\r\n")
                .replace("M\n", "Content-Disposition: form-data; name=\"model\"\n")
                .getBytes(ISO_8859_1);
        var type = MediaType.parseMediaType("multipart/form-data; boundary=B");

        var refused =
                catchThrowableOfType(FailureException.class, () -> FormBody.read(Surface.TRANSCRIPTION, type, bytes));

        assertThat(refused.failure().status()).isEqualTo(400);
    }

    private static byte[] sent(SurfaceRequest request, String id) {
        var out = new ByteArrayOutputStream();
        request.raw().body().of(id).forEach(piece -> {
            var bytes = new byte[piece.remaining()];
            piece.get(bytes);
            out.writeBytes(bytes);
        });
        return out.toByteArray();
    }

    private static List<byte[]> parts(Random random) {
        var parts = new ArrayList<byte[]>();
        for (int count = random.nextInt(5); count > 0; count--) {
            var value = new byte[random.nextInt(200)];
            random.nextBytes(value);
            parts.add(part("field-" + count, value));
        }
        Collections.shuffle(parts, random);
        return parts;
    }

    private static byte[] part(String name, byte[] value) {
        var head =
                "Content-Disposition: form-data; name=\"%s\"; filename=\"a;b.wav\"\r\nContent-Type: audio/wav\r\nX-Own: 1\r\n\r\n"
                        .formatted(name);
        return (head + new String(value, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    private static byte[] form(List<byte[]> parts, int place, String model) {
        var all = new ArrayList<>(parts);
        if (place >= 0) {
            all.add(place, model.getBytes(ISO_8859_1));
        }
        var form = new StringBuilder();
        all.forEach(part -> form.append("--")
                .append(BOUNDARY)
                .append("\r\n")
                .append(new String(part, ISO_8859_1))
                .append("\r\n"));
        var isEmpty = all.isEmpty();
        return form.append("--")
                .append(BOUNDARY)
                .append("--")
                .append(isEmpty ? "" : "\r\n")
                .toString()
                .getBytes(ISO_8859_1);
    }
}
