package pointsman.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureBodyTest {
    private static final String SAID = "{\"error\":{\"message\":\"too long\"}}";

    @Test
    void anErrorHasOpenAisShape() {
        var body = body(ErrorShape.OPENAI, new Failure.UnknownModel("gpt-\"9\""));

        assertThat(body).isEqualTo("""
                {"error":{"message":"No model 'gpt-\\"9\\"' here. GET /v1/models lists those that can be called. \
                To let the name stand for one of them, add a line to the gateway's application.yml: \
                pointsman.tier.aliases: { \\"[gpt-\\"9\\"]\\": auto }",\
                "type":"invalid_request_error","param":"model","code":"model_not_found"}}""");
    }

    @Test
    void anErrorHasAnthropicsShape() {
        var body = body(ErrorShape.ANTHROPIC, new Failure.BodyTooLarge(7));

        assertThat(body).isEqualTo("""
                {"type":"error","error":{"type":"request_too_large",\
                "message":"The request body is larger than the limit of 7 bytes.","code":"body_too_large"},\
                "request_id":"id-1"}""");
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, OPENAI", "OPENAI, OPENAI_RESPONSES", "OPENAI_RESPONSES, OPENAI", "ANTHROPIC, ANTHROPIC"})
    void whatTheUpstreamSaysIsPassedOnAsItIsInTheSameShape(ErrorShape upstream, ErrorShape client) {
        assertThat(body(client, rejected(upstream))).isEqualTo(SAID);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, ANTHROPIC", "ANTHROPIC, OPENAI", "ANTHROPIC, OPENAI_RESPONSES"})
    void whatTheUpstreamSaysIsWrittenAnewInAnotherShape(ErrorShape upstream, ErrorShape client) {
        assertThat(body(client, rejected(upstream)))
                .isNotEqualTo(SAID)
                .contains("\"message\":\"too long\"", "\"type\":\"invalid_request_error\"", "upstream_rejected");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,           event: error|data: {\"error\":{",
        "OPENAI_RESPONSES, event: error|data: {\"type\":\"error\"",
        "ANTHROPIC,        event: error|data: {\"type\":\"error\""
    })
    void aBrokenStreamEndsWithAnErrorEvent(ErrorShape shape, String start) {
        var event =
                text(FailureBody.event(shape, new Failure.StreamBroken("large", "the connection was lost"), "id-1"));

        assertThat(event)
                .startsWith(start.replace('|', '\n'))
                .contains("upstream_stream_broken")
                .endsWith("}\n\n");
    }

    @ParameterizedTest
    @CsvSource({
        "401, authentication_error,  authentication_error",
        "403, permission_error,      permission_error",
        "404, invalid_request_error, not_found_error",
        "409, invalid_request_error, invalid_request_error",
        "413, invalid_request_error, request_too_large",
        "429, rate_limit_error,      rate_limit_error",
        "500, server_error,          api_error",
        "502, server_error,          api_error",
        "503, server_error,          overloaded_error",
        "504, server_error,          timeout_error"
    })
    void aStatusHasTheTypeThatEachDialectKnows(int status, String openAi, String anthropic) {
        var failure = new Failure.Refused(status, "code", "No.");

        assertThat(body(ErrorShape.OPENAI, failure)).contains("\"type\":\"%s\"".formatted(openAi));
        assertThat(body(ErrorShape.ANTHROPIC, failure))
                .startsWith("{\"type\":\"error\",\"error\":{\"type\":\"%s\"".formatted(anthropic));
    }

    @Test
    void anErrorOfAResponseStandsInBothPlaces() {
        var event = text(
                FailureBody.event(ErrorShape.OPENAI_RESPONSES, Failure.BadRequest.inField("input", "No."), "id-1"));

        assertThat(event).isEqualTo("""
                event: error
                data: {"type":"error","code":"invalid_request","message":"No.","param":"input",\
                "sequence_number":2147483647,"error":{"message":"No.","type":"invalid_request_error",\
                "param":"input","code":"invalid_request"}}

                """);
    }

    private static Failure rejected(ErrorShape shape) {
        return new Failure.UpstreamRejected("large", 400, shape, SAID.getBytes(StandardCharsets.UTF_8), "too long");
    }

    private static String body(ErrorShape shape, Failure failure) {
        return text(FailureBody.of(shape, failure, "id-1"));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
