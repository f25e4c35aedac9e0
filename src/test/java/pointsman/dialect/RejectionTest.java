package pointsman.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RejectionTest {
    /// As providers and engines word them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOO_LONG | 400 | context_length_exceeded | This model's maximum context length is 128000 tokens.",
                "TOO_LONG | 400 | invalid_request_error | prompt is too long: 212114 tokens > 200000 maximum",
                "TOO_LONG | 400 | exceed_context_size_error | the request exceeds the available context size",
                "TOO_LONG | 400 | BadRequestError | This model's maximum context length is 4096 tokens. However, you requested 9000",
                "TOO_LONG | 400 | BAD_REQUEST | Input length (600013 tokens) exceeds the maximum allowed length (536826 tokens).",
                "TOO_LONG | 400 | invalid_request_error | input length and `max_tokens` exceed context limit: 199000 + 8192 > 200000",
                "TOO_LONG | 413 | request_too_large | Request exceeds the maximum size",
                "MODEL_GONE | 404 | model_not_found | The model `gpt-3` does not exist or you do not have access to it.",
                "MODEL_GONE | 404 | not_found_error | model: claude-1",
                "MODEL_GONE | 400 | api_error | model 'llama9' not found, try pulling it first",
                "UNSUPPORTED | 400 | unsupported_parameter | Unsupported parameter: 'max_tokens' is not supported with this model.",
                "UNSUPPORTED | 400 | api_error | registry.ollama.ai/library/gemma:2b does not support tools",
                "UNSUPPORTED | 400 | not_supported_error | This feature is not supported",
                "UNSUPPORTED | 400 | invalid_encrypted_content | The encrypted content gAAA could not be verified.",
                "FAILED | 408 | '' | Request timed out",
                "FAILED | 409 | '' | Conflict",
                "FAILED | 502 | server_error | Compute error.",
                "CONTENT | 400 | content_policy_violation | Your request was rejected as a result of our safety system.",
                "CONTENT | 400 | content_filter | The response was filtered due to the prompt",
                "CONTENT | 400 | invalid_request_error | Your input was flagged by moderation",
                "REQUEST | 400 | invalid_request_error | messages.0.role: Input should be 'user' or 'assistant'",
                "REQUEST | 422 | '' | temperature must be at most 2"
            })
    void aRefusalIsReadByItsStatusAndWords(Rejection expected, int status, String type, String message) {
        var body = "{\"error\":{\"message\":\"%s\",\"type\":\"%s\"}}".formatted(message, type);

        assertThat(Rejection.of(status, body.getBytes(UTF_8))).isEqualTo(expected);
    }

    @Test
    void whatSaysNothingIsTakenForTheRequestsOwnFault() {
        assertThat(Rejection.of(400, "no".getBytes(UTF_8))).isEqualTo(Rejection.REQUEST);
    }
}
