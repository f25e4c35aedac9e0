package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Gateway;

/// What reaches the upstream is what the client sent: its body but for the model's name, and none of its headers.
@Timeout(60)
class PassThroughEndToEndTest {
    private static final Gateway GATEWAY = Gateway.shared();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":MODEL,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                " \r\n\t{ \"messages\" : [ { \"role\" : \"user\" , \"content\" : \"hi\" } ] ,\n \"model\"\t:\n  MODEL \n}\n\n ",
                "{\"temperature\":1.0e+0,\"top_p\":0.10,\"seed\":123456789012345678901234567890,\"x\":-0.0,\"y\":1E5,"
                        + "\"model\":MODEL,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\u0047r\\u00fc\\/\\ud83d\\ude00 \\\"model\\\":\\\"x\\\"\"}],\"model\":MODEL}",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Grüße 😀 \u2028\"}],\"model\":MODEL,\"vendor\":{\"model\":\"inner\","
                        + "\"stream\":true,\"deep\":[[[[{\"model\":null}]]]]}}",
                "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"what?\"},{\"type\":\"image_url\","
                        + "\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\",\"detail\":\"low\"}}]}],\"model\":MODEL}",
                "{\"model\":MODEL,\"n\":2,\"logprobs\":true,\"top_logprobs\":5,\"stop\":[\"a\",\"b\"],\"stream\":false,"
                        + "\"stream_options\":null,\"messages\":[{\"role\":\"system\",\"content\":\"be\"},"
                        + "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"c\",\"content\":\"1\"}],"
                        + "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}],"
                        + "\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,"
                        + "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\",\"schema\":{}}}}",
                "{\"\":0,\"Model\":\"upper\",\"mod\\u0065l2\":1,\"model\":MODEL,\"messages\":[{\"role\":\"user\",\"content\":\"\"}],\"stream\":null}"
            })
    void theBodyTravelsByteForByteButForTheModelsName(String template) throws Exception {
        var reply = client.chat(template.replace("MODEL", "\"small\""));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(GATEWAY.small().onlyCall().text()).isEqualTo(template.replace("MODEL", "\"tiny-1\""));
    }

    @Test
    void aModelNameSpelledWithEscapesIsTheSameName() throws Exception {
        var reply =
                client.chat("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\":\"\\u0073m\\u0061ll\" }");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(GATEWAY.small().onlyCall().text())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"model\":\"tiny-1\" }");
    }

    @Test
    void anEscapedFieldNameIsTheSameField() throws Exception {
        var reply = client.chat("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"mod\\u0065l\":\"small\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(GATEWAY.small().onlyCall().text())
                .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"mod\\u0065l\":\"tiny-1\"}");
    }

    @Test
    void aBodyOfOneMebibyteTravelsByteForByte() throws Exception {
        var body = Chat.ask("large", "wörld 😀 ".repeat(80_000));

        var reply = client.chat(body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(GATEWAY.large().onlyCall().text()).isEqualTo(body.replace("\"large\"", "\"huge-1\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`\"stream\":true`|`\"stream\":true,\"stream_options\":{\"include_usage\":true}`",
                "`\"stream\": true, \"stream_options\": {}`|`\"stream\": true, \"stream_options\": {\"include_usage\":true}`",
                "`\"stream_options\": {\"a\": 1.0} ,\"stream\":true`|`\"stream_options\": {\"include_usage\":true,\"a\": 1.0} ,\"stream\":true`",
                "`\"stream\":true,\"stream_options\":{\"include_usage\" : false, \"b\":[]}`"
                        + "|`\"stream\":true,\"stream_options\":{\"include_usage\" : true, \"b\":[]}`",
                "`\"stream\":true,\"stream_options\":null`|`\"stream\":true,\"stream_options\":{\"include_usage\":true}`",
                "`\"stream\":true,\"stream_options\":{\"include_usage\":true}`|`\"stream\":true,\"stream_options\":{\"include_usage\":true}`"
            })
    void aStreamAsksForUsageAndChangesNothingElse(String sent, String received) throws Exception {
        var reply = client.chat(Chat.with(Chat.ask("small", "hi"), sent));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(GATEWAY.small().onlyCall().text()).isEqualTo(Chat.with(Chat.ask("tiny-1", "hi"), received));
    }

    @Test
    void theUpstreamGetsItsOwnKeyAndNothingOfTheClients() throws Exception {
        var secrets = Map.of(
                "authorization", "Bearer client-secret-1",
                "x-api-key", "client-secret-1",
                "api-key", "client-secret-3",
                "cookie", "session=client-secret-4",
                "x-forwarded-for", "client-secret-5",
                "openai-organization", "client-secret-6",
                "x-custom", "client-secret-7",
                "forwarded", "for=client-secret-8",
                "traceparent", "client-secret-9");
        var headers = secrets.entrySet().stream()
                .flatMap(header -> java.util.stream.Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);

        client.chat(Chat.ask("small", "hello"), headers);
        client.chat(Chat.ask("large", "hello"), headers);

        var small = GATEWAY.small().onlyCall();
        var large = GATEWAY.large().onlyCall();
        assertThat(small.header("authorization")).containsExactly("Bearer " + Gateway.SMALL_KEY);
        assertThat(large.header("authorization")).containsExactly("Bearer " + Gateway.LARGE_KEY);
        assertThat(small.headers().toString()).doesNotContain("client-secret");
        assertThat(large.headers().toString()).doesNotContain("client-secret");
    }

    @Test
    void theUpstreamIsAddressedByConfigurationAlone() throws Exception {
        client.chat(Chat.ask("small", "hello"), "x-forwarded-host", "evil.example", "x-original-url", "/evil");

        var call = GATEWAY.small().onlyCall();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/v1/chat/completions");
        assertThat(call.header("host")).singleElement().asString().startsWith("127.0.0.1:");
        assertThat(call.header("content-type")).singleElement().asString().startsWith("application/json");
        assertThat(call.header("content-length"))
                .containsExactly(Integer.toString(call.text().getBytes(UTF_8).length));
    }

    @Test
    void onlyKnownHeadersComeBackFromTheUpstream() throws Exception {
        GATEWAY.small()
                .on(
                        "chatty",
                        (exchange, _) -> exchange.json(
                                200,
                                "{\"choices\":[{\"index\":0,\"message\":{}}]}",
                                "server: nginx/1.2.3",
                                "set-cookie: a=b",
                                "x-powered-by: secret",
                                "x-internal: secret",
                                "x-pointsman-tier: forged",
                                "x-pointsman-secret: forged",
                                "access-control-allow-origin: *",
                                "strict-transport-security: max-age=1",
                                "connection: x-internal",
                                "keep-alive: timeout=5"));

        var reply = client.chat(Chat.ask("small", Chat.mode("chatty")));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("small");
        assertThat(reply.headerNames())
                .allMatch(name -> name.equals(name.toLowerCase(Locale.ROOT)))
                .doesNotContain(
                        "server",
                        "set-cookie",
                        "x-powered-by",
                        "x-internal",
                        "x-pointsman-secret",
                        "access-control-allow-origin",
                        "strict-transport-security",
                        "keep-alive");
    }
}
