package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import pointsman.testing.SharedGateway;
import tools.jackson.databind.JsonNode;

/// What the gateway does so that prompt caches of providers survive it, and stay apart by tenant.
///
/// Large's cache is as good as Anthropic's: a cached token costs a twentieth of a fresh one, less than a
/// fresh one at small does.
@Timeout(30)
class PromptCacheTest {
    private static final String ACME = SharedGateway.key("acme"), BELL = SharedGateway.key("bell");
    private static final String MARK = "\"cache_control\":{\"type\":\"ephemeral\"}";
    private static final String LONG = "A long and patient explanation. ".repeat(200);

    private static final Gateway GATEWAY = SharedGateway.KEYED.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @Test
    void eachTenantHasACacheKeyOfItsOwn() throws Exception {
        var acme = keySent(ACME, "");
        var again = keySent(ACME, "");
        var bell = keySent(BELL, "");

        assertThat(acme).matches("[0-9a-f]{32}").isEqualTo(again).isNotEqualTo(bell);
    }

    @Test
    void theClientsOwnCacheKeyIsFoldedInAndNeverSent() throws Exception {
        var own = keySent(ACME, ",\"prompt_cache_key\":\"mine\"");
        var other = keySent(ACME, ",\"prompt_cache_key\":\"yours\"");
        var stranger = keySent(BELL, ",\"prompt_cache_key\":\"mine\"");

        assertThat(own).matches("[0-9a-f]{32}").isNotEqualTo(other).isNotEqualTo(stranger);
        assertThat(GATEWAY.small().calls())
                .noneMatch(call -> call.text().contains("mine") || call.text().contains("yours"));
    }

    @Test
    void aTranslatedRequestHasTheTenantsCacheKeyToo() throws Exception {
        client.post(
                "/v1/responses",
                "{\"model\":\"small\",\"input\":\"hello\",\"prompt_cache_key\":\"mine\"}",
                "authorization",
                "Bearer " + ACME);

        var sent = GATEWAY.small().onlyCall().json().path("prompt_cache_key").asString("");
        assertThat(sent).isEqualTo(keySent(ACME, ",\"prompt_cache_key\":\"mine\""));
    }

    @Test
    void aLongConversationIsMarkedAtItsEnd() throws Exception {
        var sent = sent(conversation(0, quoted(LONG)));

        assertThat(marks(sent)).isEqualTo(1);
        assertThat(sent.at("/messages/2/content/0/text").asString()).isEqualTo(LONG);
        assertThat(sent.at("/messages/2/content/0/cache_control/type").asString())
                .isEqualTo("ephemeral");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,2", "3,4", "4,4"})
    void theClientsMarksAreKeptAndNeverMoreThanFourInAll(int own, int inAll) throws Exception {
        var sent = sent(conversation(own, "[{\"type\":\"text\",\"text\":" + quoted(LONG) + "}]"));

        assertThat(marks(sent)).isEqualTo(inAll);
        assertThat(sent.path("system").valueStream().filter(block -> block.has("cache_control")))
                .hasSize(own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"type\":\"text\",\"text\":\"short\"}]",
                "[{\"type\":\"text\",\"text\":\"LONG\"," + MARK + "}]",
                "[{\"type\":\"text\",\"text\":\"LONG\"}]}]," + MARK + ",\"x\":[{\"y\":[1]"
            })
    void nothingIsAddedToWhatIsShortOrMarkedOrLeftToTheUpstream(String end) throws Exception {
        var body = conversation(0, end.replace("LONG", LONG));

        sent(body);

        assertThat(GATEWAY.large().onlyCall().text()).isEqualTo(body.replace("\"large\"", "\"huge-1\""));
    }

    @Test
    void aConversationStaysAtLargeWhileItsPrefixIsCheapThere() throws Exception {
        var opening = "[{\"role\":\"user\",\"content\":" + quoted(LONG + Chat.HARD + Chat.mode("long-prompt")) + "}";
        var easyTurn = opening + ",{\"role\":\"assistant\",\"content\":\"Solved.\"},{\"role\":\"user\",\"content\":"
                + quoted(Chat.EASY) + "}";
        GATEWAY.large()
                .on(
                        "long-prompt",
                        (exchange, _) -> exchange.json(
                                200,
                                "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"Solved.\"}],"
                                        + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":5000,\"output_tokens\":5}}"));

        GATEWAY.small().on("long-prompt", (exchange, _) -> exchange.json(200, Completions.buffered(exchange.model())));

        var before = auto(easyTurn, BELL);
        auto(opening, ACME, "large");
        var after = auto(easyTurn, ACME);
        var elsewhere = auto(easyTurn, BELL);

        assertThat(before).isEqualTo("score_at_or_above_threshold");
        assertThat(after).isEqualTo("conversation_kept");
        assertThat(elsewhere).isEqualTo("score_at_or_above_threshold");
    }

    private static String auto(String messages, String key) throws Exception {
        return auto(messages, key, "auto");
    }

    private static String auto(String messages, String key, String model) throws Exception {
        var reply = GATEWAY.client()
                .chat(
                        "{\"model\":" + quoted(model) + ",\"max_tokens\":50,\"messages\":" + messages + "]}",
                        "authorization",
                        "Bearer " + key);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.header("x-pointsman-reason");
    }

    private String keySent(String tenantKey, String field) throws Exception {
        GATEWAY.small().forget();
        var body = "{\"model\":\"small\"" + field + ",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        client.chat(body, "authorization", "Bearer " + tenantKey);
        return GATEWAY.small().onlyCall().json().path("prompt_cache_key").asString("");
    }

    private JsonNode sent(String body) throws Exception {
        var reply = client.post("/v1/messages", body, "x-api-key", ACME);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return GATEWAY.large().onlyCall().json();
    }

    private static String conversation(int systemMarks, String lastContent) {
        var system = IntStream.range(0, 4)
                .mapToObj(index -> "{\"type\":\"text\",\"text\":\"rule " + index + "\""
                        + (index < systemMarks ? "," + MARK : "") + "}")
                .collect(Collectors.joining(","));
        return "{\"model\":\"large\",\"max_tokens\":100,\"system\":[" + system
                + "],\"messages\":[{\"role\":\"user\",\"content\":\"hello\"},"
                + "{\"role\":\"assistant\",\"content\":\"Hi.\"},{\"role\":\"user\",\"content\":" + lastContent + "}]}";
    }

    private static int marks(JsonNode sent) {
        return sent.toString().split("cache_control", -1).length - 1;
    }

    private static String quoted(String text) {
        return Completions.quoted(text);
    }
}
