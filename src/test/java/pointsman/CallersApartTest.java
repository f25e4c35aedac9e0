package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;

/// What one caller makes of an upstream refuses nobody else.
@Timeout(60)
class CallersApartTest {
    private static final String ODD = SharedGateway.key("odd"), GOOD = SharedGateway.key("good");
    private static final String MALFORMED = """
            {"id": "1", "object": "chat.completion", "created": 1, "model": "m", "choices": [{"index": 0,
             "message": {"role": "assistant", "content": null, "tool_calls": [{"id": "c1", "type": "function",
              "function": {"name": "f", "arguments": "{\\"a\\": }"}}]}, "finish_reason": "tool_calls"}],
             "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10}}""";

    private static final Gateway GATEWAY = SharedGateway.APART.get();

    private final Client client = GATEWAY.client();

    @BeforeAll
    static void answersNobodyCanRead() {
        GATEWAY.large().on("malformed", (exchange, _) -> exchange.json(200, MALFORMED));
        GATEWAY.large().on("unreadable", (exchange, _) -> exchange.json(200, "<p>"));
    }

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status:400",
                "status:401",
                "status:402",
                "status:403",
                "status:408",
                "status:422",
                "status:500",
                "status:503",
                "malformed",
                "unreadable",
                "reset-mid-stream"
            })
    void whateverOneTenantMeetsAnotherIsAnswered(String mode) throws Exception {
        for (var i = 0; i < 24; i++) {
            ask(ODD, Chat.mode(mode), "/v1/messages");
            ask(ODD, Chat.mode(mode), "/v1/chat/completions");
        }

        assertThat(ask(GOOD, "hello", "/v1/chat/completions").status()).isEqualTo(200);
        assertThat(client.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void whatAJobsRowsMeetDoesNotRefuseItsTenantsChats() throws Exception {
        GATEWAY.large().on("row", (exchange, _) -> exchange.json(500, Completions.error("of this row alone")));
        var jobs = new Jobs(client);
        var bearer = new String[] {"authorization", "Bearer " + GOOD};
        var id = jobs.create(Jobs.ask("large", Chat.mode("row") + " {n}", Jobs.numbers(24), "{}"), bearer);
        GATEWAY.large().awaitCall();

        var answers = Stream.generate(() -> "hello")
                .limit(24)
                .map(prompt -> status(prompt))
                .toList();
        client.send("DELETE", "/v1/table-jobs/" + id, new byte[0], bearer);

        assertThat(answers).containsOnly(200);
    }

    @Test
    void aRequestCountsOnceHoweverOftenItIsTried() throws Exception {
        GATEWAY.large().on("passing", (exchange, _) -> {
            if (exchange.attempt() < 3) {
                exchange.json(503, Completions.error("for a moment"));
            } else {
                exchange.json(200, Completions.buffered(exchange.model()));
            }
        });

        for (var i = 0; i < 10; i++) {
            var answer = client.chat(Chat.ask("large", Chat.mode("passing") + i), "authorization", "Bearer " + GOOD);
            assertThat(answer.status()).as(answer.toString()).isIn(200, 503);
        }

        assertThat(status("hello")).isEqualTo(200);
    }

    private int status(String prompt) {
        try {
            return client.chat(Chat.ask("large", prompt), "authorization", "Bearer " + GOOD)
                    .status();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Reply ask(String key, String prompt, String path) throws Exception {
        var stream = prompt.contains("stream");
        var body = Chat.with(stream ? Chat.stream("large", prompt) : Chat.ask("large", prompt), "\"max_tokens\":9");
        return client.post(path, body, "authorization", "Bearer " + key);
    }
}
