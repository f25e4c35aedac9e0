package pointsman.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FailureBodyTest {
    @Test
    void anErrorHasOpenAisShape() {
        var body = FailureBody.openAi(new Failure.UnknownModel("gpt-\"9\""));

        assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("""
                {"error":{"message":"No model 'gpt-\\"9\\"' here. GET /v1/models lists those that can be called.",\
                "type":"invalid_request_error","param":"model","code":"model_not_found"}}""");
    }

    @Test
    void whatTheUpstreamSaysOfABadRequestIsPassedOn() {
        var said = "{\"error\":{\"message\":\"too long\"}}".getBytes(StandardCharsets.UTF_8);

        assertThat(FailureBody.openAi(new Failure.UpstreamRejected("large", 400, said)))
                .isEqualTo(said);
    }

    @Test
    void aBrokenStreamEndsWithAnErrorEvent() {
        var event = FailureBody.openAiEvent(new Failure.StreamBroken("large", "the connection was lost"));

        assertThat(new String(event, StandardCharsets.UTF_8))
                .startsWith("data: {\"error\":{")
                .contains("upstream_stream_broken")
                .endsWith("}\n\n");
    }
}
