package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import pointsman.testing.Meters;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;
import tools.jackson.databind.JsonNode;

/// `POST /v1/choose`: the decision of a chat, without the chat. Ladders of three are in [ManyModelsTest].
@Timeout(30)
class ChooseTest {
    private static final String FRANCE = "What is the capital of France?";
    private static final Gateway GATEWAY = Gateway.shared();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {FRANCE, Chat.EASY, Chat.HARD, "", " \n", "Straße 🚄 日本"})
    void theChoiceIsThatOfAChat(String text) throws Exception {
        var choice = choose(text(text));

        var chat = GATEWAY.client().chat(Chat.ask("auto", text));
        assertThat(choice.path("model").asString()).isEqualTo(chat.header("x-pointsman-tier"));
        assertThat(choice.path("id").asString()).isEqualTo(chat.header("x-pointsman-model"));
        assertThat(choice.path("reason").asString()).isEqualTo(chat.header("x-pointsman-reason"));
        assertThat(probability(choice.path("score"))).isEqualTo(chat.header("x-pointsman-score"));
        assertThat(probability(choice.path("threshold"))).isEqualTo(chat.header("x-pointsman-threshold"));
    }

    @Test
    void aKnownTextHasAKnownChoice() throws Exception {
        var choice = choose(text(FRANCE));

        assertThat(probability(choice.path("score"))).isEqualTo("0.8976");
        assertThat(choice.path("scores").path("small")).isEqualTo(choice.path("score"));
        assertThat(choice.path("model").asString()).isEqualTo("small");
        assertThat(choice.path("id").asString()).isEqualTo("tiny-1");
        assertThat(choice.path("provider").asString()).isEqualTo("small");
        assertThat(choice.path("route").asString()).isEqualTo("auto");
        assertThat(choice.path("threshold").asDouble()).isEqualTo(0.8);
        assertThat(choice.path("reason").asString()).isEqualTo("score_at_or_above_threshold");
        assertThat(choice.path("next").toString()).isEqualTo("[\"large\"]");
        assertThat(choice.path("expected_cost_micros").asLong()).isBetween(600L, 700L);
    }

    @Test
    void nobodyIsAskedAndNothingIsBooked() throws Exception {
        var before = Meters.of(GATEWAY).sum("pointsman_requests_total");

        choose(text(FRANCE));

        assertThat(GATEWAY.small().calls()).isEmpty();
        assertThat(GATEWAY.large().calls()).isEmpty();
        assertThat(Meters.of(GATEWAY).sum("pointsman_requests_total")).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "openai,    '{\"model\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"x\"},{\"role\":\"user\",\"content\":\"%s\"}]}'",
        "responses, '{\"model\":\"auto\",\"instructions\":\"x\",\"input\":\"%s\"}'",
        "anthropic, '{\"model\":\"auto\",\"max_tokens\":9,\"system\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}'"
    })
    void aWholeRequestOfAnyDialectIsScoredByItsText(String dialect, String request) throws Exception {
        var choice = choose("{\"request\":" + request.formatted(FRANCE) + ",\"dialect\":\"" + dialect + "\"}");

        assertThat(choice.path("score")).isEqualTo(choose(text(FRANCE)).path("score"));
        assertThat(choice.path("model").asString()).isEqualTo("small");
    }

    @Test
    void aRequestThatSmallCannotReadIsForLarge() throws Exception {
        var file = "{\"type\":\"file\",\"file\":{\"file_data\":\"data:application/pdf;base64,AA\"}}";

        var choice = choose(
                "{\"request\":{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":[" + file + "]}]}}");

        assertThat(choice.path("model").asString()).isEqualTo("large");
        assertThat(choice.path("reason").asString()).isEqualTo("document");
        assertThat(choice.path("score").isNull()).isTrue();
        assertThat(choice.path("scores").isEmpty()).isTrue();
    }

    @Test
    void aNamedModelIsAPinnedChoice() throws Exception {
        var choice = choose("{\"text\":\"hi\",\"model\":\"huge-1\"}");

        assertThat(choice.path("model").asString()).isEqualTo("large");
        assertThat(choice.path("reason").asString()).isEqualTo("pinned_by_model");
        assertThat(choice.path("route").isNull()).isTrue();
        assertThat(choice.path("score").isNull()).isTrue();
        assertThat(choice.path("next").isEmpty()).isTrue();
    }

    @Test
    void theClientsOwnTargetCounts() throws Exception {
        var choice = post(text(FRANCE), "x-pointsman-threshold", "0.9").json();

        assertThat(choice.path("model").asString()).isEqualTo("large");
        assertThat(choice.path("threshold").asDouble()).isEqualTo(0.9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                              | either a 'text' or a 'request'",
                "[]                                              | JSON object",
                "{\"text\":1}                                    | 'text' must be a string",
                "{\"text\":\"a\"} x                              | not valid JSON",
                "{\"text\":\"a\"} 1                              | Something follows",
                "{\"text\":\"a\",\"text\":\"b\"}                 | stands twice",
                "{\"text\":\"a\",\"prompt\":\"b\"}               | no field 'prompt'",
                "{\"text\":\"a\",\"request\":{}}                 | either",
                "{\"text\":\"a\",\"dialect\":\"openai\"}         | leave the field 'dialect' out",
                "{\"text\":\"a\",\"model\":\"\"}                 | 'model' must be a non-empty string",
                "{\"request\":[]}                                | must be an object",
                "{\"request\":{},\"model\":\"auto\"}             | leave the field 'model' out",
                "{\"request\":{},\"dialect\":\"gemini\"}         | openai, responses or anthropic",
                "{\"request\":{\"model\":\"auto\"}}              | 'messages' is missing"
            })
    void aWrongBodyIsToldWhatIsWrong(String body, String message) throws Exception {
        var reply = post(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/type").asString()).isEqualTo("invalid_request_error");
        assertThat(reply.json().at("/error/message").asString()).contains(message);
    }

    @Test
    void anUnknownModelIsNotFoundAndAGetNotAllowed() throws Exception {
        assertThat(post("{\"text\":\"hi\",\"model\":\"my-typo\"}").status()).isEqualTo(404);
        assertThat(GATEWAY.client().get("/v1/choose").status()).isEqualTo(405);
    }

    @Test
    void theDoorIsTheSameAndSoAreThePolicies() throws Exception {
        var client = SharedGateway.KEYED.get().client();

        assertThat(client.post("/v1/choose", text(FRANCE)).status()).isEqualTo(401);
        var pinned = client.post("/v1/choose", text(FRANCE), "x-api-key", SharedGateway.key("lavish"))
                .json();
        assertThat(pinned.path("reason").asString()).isEqualTo("pinned_by_tenant");
        var notIts = "{\"text\":\"hi\",\"model\":\"large\"}";
        assertThat(client.post("/v1/choose", notIts, "x-api-key", SharedGateway.key("frugal"))
                        .status())
                .isEqualTo(403);
    }

    private static JsonNode choose(String body) throws Exception {
        var reply = post(body);
        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        return reply.json();
    }

    private static Reply post(String body, String... headers) throws Exception {
        return GATEWAY.client().post("/v1/choose", body, headers);
    }

    private static String text(String text) {
        return "{\"text\":" + Completions.quoted(text) + "}";
    }

    private static String probability(JsonNode value) {
        return value.isNull() ? "" : String.format(Locale.ROOT, "%.4f", value.asDouble());
    }
}
