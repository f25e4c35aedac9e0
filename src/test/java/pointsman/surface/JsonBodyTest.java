package pointsman.surface;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.FailureException;

/// JSON requests keep their bytes but for the model.
class JsonBodyTest {
    @Test
    void onlyTheModelIsReplaced() {
        var body =
                "{ \"prompt\" : \"ü 😀 \\u00e9\", \"model\":\"drawing\"  ,\"seed\":1.00, \"deep\":{\"model\":\"x\"}}";

        var read = JsonBody.read(Surface.IMAGE_GENERATION, body.getBytes(UTF_8));

        assertThat(read.model()).isEqualTo("drawing");
        assertThat(sent(read, "dall-e-3")).isEqualTo(body.replace("\"drawing\"", "\"dall-e-3\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"input\":[{\"type\":\"text\"}]}", "{\"model\":null}", "{}"})
    void withoutAModelItPassesAsItIs(String body) {
        var read = JsonBody.read(Surface.MODERATION, body.getBytes(UTF_8));

        assertThat(read.model()).isEmpty();
        assertThat(sent(read, "default")).isEqualTo(body);
    }

    @Test
    void aStreamIsAskedForByTrue() {
        assertThat(JsonBody.read(Surface.IMAGE_GENERATION, "{\"stream\":true}".getBytes(UTF_8))
                        .raw()
                        .isStream())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"model\":\"a\"} {}",
                "{\"model\":\"a\",\"model\":\"b\"}",
                "{\"model\":\"a\",\"mod\\u0065l\":\"b\"}",
                "{\"model\":7}",
                "{\"model\":\"a\""
            })
    void whatNamesNoModelPlainlyIsRefused(String body) {
        assertRefused(body.getBytes(UTF_8));
    }

    @Test
    void anotherEncodingIsRefused() {
        assertRefused("{\"model\":\"a\"}".getBytes(UTF_16));
    }

    private static void assertRefused(byte[] body) {
        var refused = catchThrowableOfType(FailureException.class, () -> JsonBody.read(Surface.RERANK, body));

        assertThat(refused.failure().status()).isEqualTo(400);
    }

    private static String sent(SurfaceRequest request, String id) {
        return request.raw().body().of(id).stream().map(JsonBodyTest::text).collect(Collectors.joining());
    }

    private static String text(ByteBuffer bytes) {
        return UTF_8.decode(bytes).toString();
    }
}
