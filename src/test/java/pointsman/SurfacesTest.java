package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.access.KeyHash;
import pointsman.testing.Client;
import pointsman.testing.Completions;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Meters;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;
import pointsman.testing.Surface;

/// The routes, each in the dialect of its clients: who may come in, what reaches the upstream, what is
/// booked.
@Timeout(30)
class SurfacesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String KEY = SharedGateway.key("acme"), OTHER = KeyHash.newKey();
    private static final String[] VERSION = {"anthropic-version", "2023-06-01"};

    private static final Gateway OPEN = Gateway.mixed();

    private static final Gateway LOCKED = SharedGateway.KEYED.get();

    private final Client open = OPEN.client();
    private final Client locked = LOCKED.client();

    @BeforeEach
    void forgetEarlierCalls() {
        OPEN.forget();
    }

    @ParameterizedTest
    @CsvSource({"authorization,'Bearer '", "x-api-key,''"})
    void eitherHeaderCarriesTheKey(String header, String prefix) throws Exception {
        for (var surface : new Surface[] {Surface.CHAT, Surface.MESSAGES}) {
            assertThat(locked.post(surface.path(), surface.ask("small", "hello", false), header, prefix + KEY)
                            .status())
                    .isEqualTo(200);
            assertThat(locked.post(surface.path(), surface.ask("small", "hello", false), header, prefix + OTHER)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void theSameKeyTwiceIsOneKeyAndTwoKeysAreRefused() throws Exception {
        var body = Surface.MESSAGES.ask("small", "hello", false);

        var same = locked.post("/v1/messages", body, "authorization", "Bearer " + KEY, "x-api-key", KEY);
        var two = locked.post("/v1/messages", body, "authorization", "Bearer " + KEY, "x-api-key", OTHER);

        assertThat(same.status()).isEqualTo(200);
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.json().at("/error/code").asString()).isEqualTo("two_api_keys");
    }

    @ParameterizedTest
    @CsvSource({
        "GET,  /v1/messages,              405, invalid_request_error",
        "PUT,  /v1/messages/count_tokens, 405, invalid_request_error",
        "POST, /v1/messages/nothing,      404, not_found_error"
    })
    void errorsOfNoModelHaveAnthropicsShapeOnItsRoutes(String method, String path, int status, String type)
            throws Exception {
        var reply = open.send(method, path, new byte[0]);

        assertIsAnthropicError(reply, status, type);
    }

    @Test
    void theDoorSpeaksTheRoutesDialect() throws Exception {
        var messages = locked.post("/v1/messages", Surface.MESSAGES.ask("small", "hello", false));
        var models = locked.get("/v1/models", VERSION);
        var chat = locked.post("/v1/chat/completions", Surface.CHAT.ask("small", "hello", false));

        assertIsAnthropicError(messages, 401, "authentication_error");
        assertIsAnthropicError(models, 401, "authentication_error");
        assertThat(chat.errorCode()).isEqualTo("invalid_api_key");
        assertThat(chat.json().has("type")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-06-01", "2026-10-21"})
    void anthropicsHeadersReachAnUpstreamOfItsDialectAndNoOther(String version) throws Exception {
        for (var model : new String[] {"large", "small"}) {
            var reply = open.post(
                    "/v1/messages",
                    Surface.MESSAGES.ask(model, "hello", false),
                    "anthropic-version",
                    version,
                    "anthropic-beta",
                    "context-1m, other_2",
                    "x-stainless-lang",
                    "js");
            assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        }

        var anthropic = OPEN.large().onlyCall();
        assertThat(anthropic.header("anthropic-version")).containsExactly(version);
        assertThat(anthropic.header("anthropic-beta")).containsExactly("context-1m,other_2");
        assertThat(anthropic.header("x-api-key")).containsExactly(Gateway.LARGE_KEY);
        assertThat(anthropic.header("authorization")).isEmpty();
        assertThat(anthropic.path()).endsWith("/v1/messages");
        assertThat(OPEN.small().onlyCall().headers())
                .noneMatch(header -> header.getKey().startsWith("anthropic"));
        assertThat(anthropic.header("x-stainless-lang")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "anthropic-version, 2023-01-01",
        "anthropic-version, latest",
        "anthropic-beta,    a b",
        "anthropic-beta,    'a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q'"
    })
    void headersThatAreNoneAreRefused(String name, String value) throws Exception {
        var reply = open.post("/v1/messages", Surface.MESSAGES.ask("large", "hello", false), name, value);

        assertIsAnthropicError(reply, 400, "invalid_request_error");
        assertThat(Surface.MESSAGES.errorMessage(reply)).contains(name);
    }

    @Test
    void aRequestOfTheUpstreamsOwnDialectTravelsByteForByte() throws Exception {
        var body =
                "{ \"model\" :\"large\",\"max_tokens\":1E2,\t\"messages\":[ {\"role\":\"user\",\"content\":\"caf\\u00e9\"} ],"
                        + "\"x_vendor\":{\"a\":[1.50,-0]} }\n";

        var reply = open.post("/v1/messages", body, VERSION);

        assertThat(OPEN.large().onlyCall().text()).isEqualTo(body.replace("\"large\"", "\"huge-1\""));
        assertThat(reply.text()).contains("\"x_vendor\":{\"caf\\u00e9\":[1.0E+2]} }\n");
    }

    @ParameterizedTest
    @EnumSource(Surface.class)
    void everyRouteTellsItsDecisionAndIsBooked(Surface surface) throws Exception {
        var model = surface == Surface.EMBEDDINGS ? "embeddings" : surface == Surface.TOKEN_COUNT ? "large" : "small";
        var tier = "tier=\"" + model + "\"";
        var before = Meters.of(OPEN);

        var reply = open.post(surface.path(), surface.ask(model, "hello", false));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo(model);
        assertThat(reply.header("x-pointsman-reason"))
                .isEqualTo(surface == Surface.EMBEDDINGS ? "only_one" : "pinned_by_model");
        assertThat(reply.header("x-pointsman-model")).isNotEmpty();
        assertThat(reply.header("x-pointsman-cost-micros"))
                .isEqualTo(surface == Surface.EMBEDDINGS ? "12" : surface == Surface.TOKEN_COUNT ? "0" : "20");
        Eventually.holds("the request is booked", PATIENCE, () -> {
            var after = Meters.of(OPEN);
            return after.sum("pointsman_requests_total", tier) == before.sum("pointsman_requests_total", tier) + 1;
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeaderNamesWhatTheUpstreamWasNotTold(boolean stream) throws Exception {
        var body = Surface.CHAT
                .ask("large", "hello", stream)
                .replace("{\"model\"", "{\"seed\":7,\"x\\r\\ny\":[1],\"model\"");

        var translated = open.post("/v1/chat/completions", body);
        var straight = open.post("/v1/chat/completions", body.replace("\"large\"", "\"small\""));

        assertThat(translated.header("x-pointsman-dropped"))
                .as(translated.toString())
                .isEqualTo("seed, x__y");
        assertThat(straight.status()).isEqualTo(200);
        assertThat(straight.header("x-pointsman-dropped")).isEmpty();
    }

    @Test
    void autoIsRoutedOnEveryRoute() throws Exception {
        for (var surface : new Surface[] {Surface.CHAT, Surface.RESPONSES, Surface.MESSAGES, Surface.COMPLETIONS}) {
            var reply = open.post(surface.path(), surface.ask("auto", "Hi! How are you?", false));

            assertThat(reply.header("x-pointsman-score")).as(reply.toString()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"CHAT,embeddings", "EMBEDDINGS,small", "EMBEDDINGS,auto"})
    void aModelIsAskedOnlyForWhatItDoes(Surface surface, String model) throws Exception {
        var reply = open.post(surface.path(), surface.ask(model, "hello", false));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asString()).isEqualTo("model");
        assertThat(reply.json().at("/error/message").asString()).contains("'" + model + "'", "embeddings");
    }

    @Test
    void completionsAreNotAskedOfAnUpstreamThatHasNone() throws Exception {
        var reply = open.post("/v1/completions", Surface.COMPLETIONS.ask("large", "hello", false));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo("unsupported_by_upstream");
        assertThat(OPEN.large().calls()).isEmpty();
    }

    @Test
    void tokensAreCountedHereWhereTheUpstreamCannot() throws Exception {
        var text = "one two three four five six seven eight nine ten ".repeat(10);

        var reply = open.post("/v1/messages/count_tokens", Surface.TOKEN_COUNT.ask("small", text, false));

        assertThat(reply.json().path("input_tokens").asInt()).isBetween(95, 115);
        assertThat(OPEN.small().calls()).isEmpty();
    }

    @Test
    void theUpstreamCountsTokensWhereItCan() throws Exception {
        var reply = open.post("/v1/messages/count_tokens", Surface.TOKEN_COUNT.ask("large", "hello", false));

        assertThat(reply.json().path("input_tokens").asInt()).isEqualTo(Completions.PROMPT_TOKENS);
        assertThat(OPEN.large().onlyCall().path()).endsWith("/v1/messages/count_tokens");
    }

    @Test
    void theModelsAreListedInBothDialects() throws Exception {
        var openAi = open.get("/v1/models").json();
        var anthropic = open.get("/v1/models", VERSION).json();

        assertThat(openAi.path("object").asString()).isEqualTo("list");
        assertThat(anthropic.path("has_more").asBoolean(true)).isFalse();
        assertThat(anthropic.at("/data/0/type").asString()).isEqualTo("model");
        assertThat(anthropic.at("/data/0/created_at").asString()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(anthropic.path("first_id").asString()).isEqualTo("auto");
        assertThat(openAi.path("data")).hasSameSizeAs(anthropic.path("data"));
    }

    @Test
    void oneModelIsFoundByItsNameInBothDialects() throws Exception {
        assertThat(open.get("/v1/models/huge-1").json().path("object").asString())
                .isEqualTo("model");
        assertThat(open.get("/v1/models/huge-1", VERSION).json().path("type").asString())
                .isEqualTo("model");
        assertThat(open.get("/v1/models/nobody/nothing").errorCode()).isEqualTo("model_not_found");
        assertIsAnthropicError(open.get("/v1/models/nobody", VERSION), 404, "not_found_error");
    }

    @Test
    void anErrorOfAnotherShapeThanItsSendersDialectIsWrittenAnew() throws Exception {
        OPEN.large().on("proxy", (exchange, _) -> exchange.json(413, "{\"error\":{\"message\":\"Too much for me.\"}}"));

        var reply = open.post("/v1/messages", Surface.MESSAGES.ask("large", "[[mode:proxy]]", false));

        assertIsAnthropicError(reply, 413, "request_too_large");
        assertThat(Surface.MESSAGES.errorMessage(reply)).isEqualTo("Too much for me.");
    }

    private static void assertIsAnthropicError(Reply reply, int status, String type) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.json().path("type").asString()).isEqualTo("error");
        assertThat(reply.json().at("/error/type").asString()).isEqualTo(type);
        assertThat(reply.json().path("request_id").asString()).isEqualTo(reply.header("x-pointsman-request-id"));
    }
}
