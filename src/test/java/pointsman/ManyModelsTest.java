package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Chat;
import pointsman.testing.Exchange;
import pointsman.testing.FakeUpstream;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;
import tools.jackson.databind.JsonNode;

/// A ladder of three models, of which the last has two deployments; further routes, names, and providers.
@Timeout(60)
class ManyModelsTest {
    private static final String LONG = "The file says: " + "lorem ipsum dolor ".repeat(400);

    @AutoClose
    private static final FakeUpstream MIDDLE = FakeUpstream.start();

    @AutoClose
    private static final FakeUpstream EAST = FakeUpstream.start();

    @AutoClose
    private static final FakeUpstream WEST = FakeUpstream.start();

    @AutoClose
    private static final Gateway GATEWAY = Gateway.with(
            "pointsman.upstreams.retry-backoff=1ms",
            "pointsman.upstreams.breaker.window=10000",
            "pointsman.upstreams.small.price.input=0.01",
            "pointsman.upstreams.small.price.output=0.01",
            "pointsman.providers.middle.base-url=" + MIDDLE.baseUrl(),
            "pointsman.providers.east.base-url=" + EAST.baseUrl(),
            "pointsman.providers.east.api-keys=sk-empty,sk-full",
            "pointsman.providers.west.base-url=" + WEST.baseUrl(),
            "pointsman.providers.west.api-keys=sk-west",
            "pointsman.providers.openai.base-url=" + MIDDLE.baseUrl(),
            "pointsman.providers.openai.api-keys=sk-openai",
            "pointsman.providers.claude.base-url=" + WEST.baseUrl(),
            "pointsman.providers.claude.dialects=anthropic,openai",
            "pointsman.models.mid.provider=middle",
            "pointsman.models.mid.as=Qwen3-32B",
            "pointsman.models.mid.price.input=0.5",
            "pointsman.models.mid.price.output=2",
            "pointsman.models.frontier.deployments[0].provider=east",
            "pointsman.models.frontier.deployments[0].as=huge",
            "pointsman.models.frontier.deployments[1].provider=west",
            "pointsman.models.frontier.deployments[1].as=huge",
            "pointsman.models.frontier.price.input=2.5",
            "pointsman.models.frontier.price.output=10",
            "pointsman.models.frontier.known-as=gpt-4o-2024-05-13",
            "pointsman.models.blind.provider=middle",
            "pointsman.models.blind.abilities=tools",
            "pointsman.models.blind.known-as=8B",
            "pointsman.models.deaf.provider=middle",
            "pointsman.models.deaf.abilities=image",
            "pointsman.models.deaf.known-as=70B",
            "pointsman.models.free.provider=middle",
            "pointsman.models.backed.provider=middle",
            "pointsman.models.backed.fallbacks=frontier",
            "pointsman.routes.auto.rungs=small,mid,frontier",
            "pointsman.routes.always-mid.rungs=small,mid,frontier",
            "pointsman.routes.always-mid.threshold=1,0",
            "pointsman.routes.limited.rungs=blind,deaf",
            "pointsman.routes.pinned.rungs=mid,frontier",
            "pointsman.routes.pinned.pin=mid",
            "pointsman.names[0].match=claude-haiku-*",
            "pointsman.names[0].to=mid",
            "pointsman.names[1].match=secret-*",
            "pointsman.names[1].to=refuse",
            "pointsman.names[2].match=claude-*",
            "pointsman.names[2].to=claude");

    @BeforeEach
    void forget() {
        GATEWAY.forget();
        Stream.of(MIDDLE, EAST, WEST).forEach(FakeUpstream::forget);
    }

    @Test
    void anEasyPromptStaysOnTheFirstRung() throws Exception {
        var reply = ask("auto", "hello", "x-pointsman-threshold: 0");

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("small");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("score_at_or_above_threshold");
    }

    @Test
    void theMiddleRungAnswersWhatIsGoodEnoughForItAlone() throws Exception {
        var reply = ask("always-mid", "hello");

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("mid");
        assertThat(reply.header("x-pointsman-model")).isEqualTo("Qwen3-32B");
        assertThat(reply.header("x-pointsman-threshold")).isEqualTo("0.0000");
        assertThat(MIDDLE.onlyCall().json().path("model").asString()).isEqualTo("Qwen3-32B");
    }

    @Test
    void whatIsGoodEnoughForNobodyGoesToTheLastRung() throws Exception {
        var reply = ask("auto", "hello", "x-pointsman-threshold: 1");

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("frontier");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("score_below_threshold");
        assertThat(reply.header("x-pointsman-deployment")).startsWith("frontier@");
    }

    @Test
    void smallAndLargeAreTheFirstAndTheLastRungOfAuto() throws Exception {
        assertThat(ask("small", "hello").header("x-pointsman-tier")).isEqualTo("small");
        assertThat(ask("large", "hello").header("x-pointsman-tier")).isEqualTo("frontier");
    }

    @Test
    void aPinnedRouteAsksItsPin() throws Exception {
        var reply = ask("pinned", Chat.HARD);

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("mid");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("pinned_by_route");
    }

    @Test
    void aThresholdThatIsNoneIsABadHeader() throws Exception {
        var reply = ask("auto", "hello", "x-pointsman-threshold: high");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("x-pointsman-threshold", "0 to 1");
    }

    @Test
    void aDyingDeploymentCostsNobodyAnAnswer() throws Exception {
        WEST.on("dies", (exchange, _) -> exchange.reset());
        EAST.on("dies", "ok");

        for (var turn = 0; turn < 6; turn++) {
            var reply = ask("frontier", Chat.mode("dies") + turn);

            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("x-pointsman-deployment")).isEqualTo("frontier@east");
        }
    }

    @Test
    void aStreamGoesToTheNextDeploymentBeforeItsFirstWord() throws Exception {
        WEST.on("away", "status");
        EAST.on("away", "ok");
        WEST.on("away", (exchange, _) -> exchange.json(503, "{\"error\":{\"message\":\"away\"}}"));

        var reply = GATEWAY.client().chat(Chat.stream("frontier", Chat.mode("away")));

        assertThat(reply.isDone()).isTrue();
        assertThat(reply.header("x-pointsman-deployment")).isEqualTo("frontier@east");
    }

    @Test
    void whatAClientDidWrongIsAskedOfOneDeploymentOnly() throws Exception {
        Stream.of(EAST, WEST)
                .forEach(
                        each -> each.on(
                                "wrong",
                                (exchange, _) -> exchange.json(
                                        400,
                                        "{\"error\":{\"message\":\"bad\",\"type\":\"invalid_request_error\",\"code\":\"bad\"}}")));

        var reply = ask("frontier", Chat.mode("wrong"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(EAST.calls().size() + WEST.calls().size()).isEqualTo(1);
    }

    @Test
    void aKeyWithoutQuotaRestsAndTheNextOneIsShown() throws Exception {
        EAST.on("quota", (exchange, _) -> {
            if (exchange.call().header("authorization").contains("Bearer sk-empty")) {
                exchange.json(
                        429, "{\"error\":{\"message\":\"You exceeded your quota\",\"code\":\"insufficient_quota\"}}");
            } else {
                answer(exchange);
            }
        });
        WEST.on("quota", (exchange, _) -> exchange.reset());

        for (var turn = 0; turn < 4; turn++) {
            assertThat(ask("frontier", Chat.mode("quota") + turn).status()).isEqualTo(200);
        }

        assertThat(EAST.calls().stream()
                        .filter(call -> call.header("authorization").contains("Bearer sk-empty"))
                        .count())
                .isLessThanOrEqualTo(1);
    }

    @Test
    void aConversationStaysAtItsDeployment() throws Exception {
        Stream.of(EAST, WEST).forEach(each -> each.on("stay", (exchange, _) -> answer(exchange)));

        for (var turn = 0; turn < 8; turn++) {
            assertThat(GATEWAY.client().chat(conversation(turn)).status()).isEqualTo(200);
        }

        assertThat(Stream.of(EAST, WEST).map(each -> each.calls().size())).containsExactlyInAnyOrder(8, 0);
    }

    @Test
    void abilityComesBeforeDifficulty() throws Exception {
        var reply = GATEWAY.client()
                .chat(
                        Chat.with(
                                Chat.ask("limited", "hello"),
                                "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\"}}}]"));

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("blind");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("deaf_lacks_tools");
    }

    @Test
    void whatNoRungCanSaysWhatEachLacks() throws Exception {
        var reply = GATEWAY.client().chat(Chat.with(Chat.ask("limited", "hello"), "\"logprobs\":true"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("blind_lacks_logprobs", "deaf_lacks_logprobs");
    }

    @Test
    void aModelsFallbackAnswersForIt() throws Exception {
        MIDDLE.on("gone", (exchange, _) -> exchange.json(503, "{\"error\":{\"message\":\"gone\"}}"));
        Stream.of(EAST, WEST).forEach(each -> each.on("gone", (exchange, _) -> answer(exchange)));

        var reply = ask("backed", Chat.mode("gone"));

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("frontier");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("backed_unavailable");
    }

    @Test
    void aModelWithoutFallbacksIsAnsweredByNobodyElse() throws Exception {
        MIDDLE.on("gone", (exchange, _) -> exchange.json(503, "{\"error\":{\"message\":\"gone\"}}"));

        assertThat(ask("mid", Chat.mode("gone")).errorCode()).isEqualTo("upstream_unavailable");
    }

    @Test
    void theFirstPatternOfANameCounts() throws Exception {
        assertThat(ask("claude-haiku-9", "hello").header("x-pointsman-tier")).isEqualTo("mid");
        assertThat(ask("claude-opus-9", "hello").header("x-pointsman-tier")).isEqualTo("claude/claude-opus-9");
    }

    @Test
    void aRefusedNameSaysByWhat() throws Exception {
        var reply = ask("secret-1", "hello");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.text()).contains("secret-*");
    }

    @Test
    void whatAProviderServesGoesThereAsItIs() throws Exception {
        var reply = ask("gpt-4o", "hello");

        assertThat(reply.header("x-pointsman-model")).isEqualTo("gpt-4o");
        assertThat(reply.header("x-pointsman-requested-model")).isEqualTo("gpt-4o");
        assertThat(MIDDLE.onlyCall().header("authorization")).containsExactly("Bearer sk-openai");
    }

    @Test
    void aProvidersNameInFrontAsksThatProvider() throws Exception {
        assertThat(ask("east/whatever-7b", "hello").header("x-pointsman-model")).isEqualTo("whatever-7b");
        assertThat(EAST.calls()).hasSize(1);
    }

    @Test
    void theClientsOwnDialectIsSpokenWhereItsProviderDoes() throws Exception {
        var _ = ask("claude/sonnet", "hello");
        var inMessages = GATEWAY.client()
                .post(
                        "/v1/messages",
                        "{\"model\":\"claude/sonnet\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}");

        assertThat(inMessages.status()).isEqualTo(200);
        assertThat(WEST.calls())
                .extracting(call -> call.path())
                .containsExactly("/v1/chat/completions", "/v1/messages");
    }

    @Test
    void aPriceThatNobodyKnowsIsUnknown() throws Exception {
        assertThat(ask("free", "hello").header("x-pointsman-cost-micros")).isEqualTo("unknown");
    }

    @Test
    void aJobWithABudgetRefusesAModelWithoutAPrice() throws Exception {
        var reply = GATEWAY.client()
                .post(
                        "/v1/table-jobs?dry_run=true",
                        "{\"rows\":[{\"a\":\"x\"}],\"instruction\":\"Say {a}\",\"model\":\"free\",\"options\":{\"max_cost_usd\":1}}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text()).contains("unknown_price", "pointsman.models.free.price");
    }

    @Test
    void listsTellContextAbilitiesAndPrice() throws Exception {
        var models = GATEWAY.client().get("/v1/models").json().path("data");

        var mid = named(models, "mid");
        assertThat(mid.path("price").path("input").asDouble()).isEqualTo(0.5);
        assertThat(named(models, "free").path("price").isNull()).isTrue();
        assertThat(named(models, "auto").path("rungs").toString()).isEqualTo("[\"small\",\"mid\",\"frontier\"]");
        assertThat(named(models, "gpt-4o").path("context_window").asInt()).isEqualTo(128_000);
    }

    @Test
    void theChoiceAloneTellsTheScoresOfAllRungs() throws Exception {
        var choice = GATEWAY.client()
                .post("/v1/choose", "{\"text\":\"hello\",\"model\":\"always-mid\"}")
                .json();

        assertThat(choice.path("model").asString()).isEqualTo("mid");
        assertThat(choice.path("id").asString()).isEqualTo("Qwen3-32B");
        assertThat(choice.path("provider").asString()).isEqualTo("middle");
        assertThat(choice.path("route").asString()).isEqualTo("always-mid");
        assertThat(choice.path("scores").propertyNames()).containsExactly("small", "mid");
        assertThat(choice.path("scores").path("mid")).isEqualTo(choice.path("score"));
        assertThat(choice.path("next").toString()).isEqualTo("[\"frontier\"]");
        assertThat(MIDDLE.calls()).isEmpty();
    }

    @Test
    void aChoiceWithoutAPriceSaysSo() throws Exception {
        var choice = GATEWAY.client()
                .post("/v1/choose", "{\"text\":\"hello\",\"model\":\"free\"}")
                .json();

        assertThat(choice.path("expected_cost_micros").isNull()).isTrue();
    }

    private static JsonNode named(JsonNode models, String id) {
        return StreamSupport.stream(models.spliterator(), false)
                .filter(model -> model.path("id").asString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Reply ask(String model, String prompt, String... headers) throws Exception {
        var pairs = Stream.of(headers)
                .flatMap(header -> Stream.of(header.split(": ", 2)))
                .toArray(String[]::new);
        return GATEWAY.client().chat(Chat.ask(model, prompt), pairs);
    }

    private static void answer(Exchange exchange) throws IOException {
        exchange.json(
                200,
                "{\"id\":\"1\",\"object\":\"chat.completion\",\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":"
                        + "{\"role\":\"assistant\",\"content\":\"Yes.\"}}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2}}");
    }

    /// A conversation that is long enough for a prompt cache, in its later turns.
    private static String conversation(int turns) {
        var messages = new StringBuilder("{\"role\":\"user\",\"content\":\"" + LONG + "\"}");
        for (var turn = 0; turn <= turns; turn++) {
            messages.append(",{\"role\":\"assistant\",\"content\":\"Yes.\"},{\"role\":\"user\",\"content\":\"And ")
                    .append(turn)
                    .append("? [[mode:stay]]\"}");
        }
        return "{\"model\":\"frontier\",\"messages\":[" + messages + "]}";
    }
}
