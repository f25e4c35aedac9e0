package pointsman.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;

class ResponsesStreamTest {
    private static final String CREATED =
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"status\":\"in_progress\",\"usage\":null}}\n\n";
    private static final String DELTA =
            "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"delta\":\"hé\",\"obfuscation\":\"x\"}\n\n";

    private final ResponsesStream stream = new ResponsesStream("large", 1 << 16);

    @ParameterizedTest
    @ValueSource(strings = {"completed", "incomplete"})
    void itIsWholeWithItsEndingAndPassesAsItIs(String status) {
        var all = (CREATED + DELTA + ending(status)).getBytes(UTF_8);

        assertThat(stream.read(all)).isSameAs(all);
        assertThat(stream.isDone()).isTrue();
        assertThat(stream.characters()).isEqualTo(2);
        assertThat(stream.usage()).contains(new TokenUsage(9, 4, 0, 3, 1, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\"}}}",
                "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"m\"}",
                "{ \"t\\u0079pe\" : \"error\" }",
                "{\"error\":{\"message\":\"m\"}}",
                "[DONE]"
            })
    void whatFailsIsBroken(String data) {
        var seen = stream.read((CREATED + "data: " + data + "\n\n").getBytes(UTF_8));

        assertThat(new String(seen, UTF_8)).isEqualTo(CREATED);
        assertThat(stream.failure()).containsInstanceOf(Failure.StreamBroken.class);
    }

    @Test
    void anEndingThatIsMissingIsNotMadeUp() {
        stream.read((CREATED + DELTA).getBytes(UTF_8));

        assertThatThrownBy(stream::end)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        broken -> assertThat(broken.failure()).isInstanceOf(Failure.StreamBroken.class));
    }

    @Test
    void eventsThatNobodyKnowsPass() {
        var event = "event: response.new\ndata: {\"type\":\"response.new\",\"delta\":\"xx\"}\n\n".getBytes(UTF_8);

        assertThat(stream.read(event)).isSameAs(event);
        assertThat(stream.characters()).isZero();
    }

    private static String ending(String status) {
        return "event: response.%1$s\ndata: {\"type\":\"response.%1$s\",\"response\":{\"status\":\"%1$s\",\"output\":[{\"type\":\"message\"}],\"usage\":{\"input_tokens\":9,\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":3,\"output_tokens_details\":{\"reasoning_tokens\":1}}}}\n\n"
                .formatted(status);
    }
}
