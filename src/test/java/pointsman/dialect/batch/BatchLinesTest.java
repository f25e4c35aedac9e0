package pointsman.dialect.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import pointsman.dialect.wire.Json;
import tools.jackson.core.JacksonException;

class BatchLinesTest {
    private static final BatchResultLine RESULT = new BatchResultLine("batch_req_1", "r\"1");

    @Test
    void theBodyOfARequestKeepsItsBytes() {
        var line = BatchRequestLine.read("""
                {"custom_id":"r1", "method":"POST","url":"/v1/embeddings","body": {"model":"m",  "x":1.0e-1} }""");

        assertThat(line)
                .isEqualTo(new BatchRequestLine("r1", "POST", "/v1/embeddings", "{\"model\":\"m\",  \"x\":1.0e-1}"));
    }

    @Test
    void whatALineLacksIsEmpty() {
        assertThat(BatchRequestLine.read("{\"custom_id\":7,\"body\":[]}"))
                .isEqualTo(new BatchRequestLine("7", "", "", ""));
        assertThat(BatchRequestLine.read("[]")).isEqualTo(new BatchRequestLine("", "", "", ""));
        assertThatThrownBy(() -> BatchRequestLine.read("{")).isInstanceOf(JacksonException.class);
    }

    @Test
    void anAnswerStandsInItsLineAsItCame() {
        assertThat(RESULT.answered(200, "job-1", "{\"a\": 1.50}")).isEqualTo("""
                {"id":"batch_req_1","custom_id":"r\\"1","response":{"status_code":200,"request_id":"job-1",\
                "body":{"a": 1.50}},"error":null}
                """);
    }

    @Test
    void aFailureIsABodyWithAnError() {
        var line = RESULT.failed(429, "job-1", "{\"code\":\"x\"}");

        assertThat(Json.object(line)
                        .orElseThrow()
                        .at("/response/body/error/code")
                        .asString())
                .isEqualTo("x");
        assertThat(line).contains("\"status_code\":429").endsWith("}\n");
    }

    @Test
    void whatExpiredHasNoResponse() {
        assertThat(RESULT.expired())
                .contains("\"response\":null", "\"code\":\"batch_expired\"")
                .endsWith("}\n");
    }
}
