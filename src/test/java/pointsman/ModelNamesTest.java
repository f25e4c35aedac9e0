package pointsman;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;

/// Names that nobody configured, on gateways with and without keys.
@Timeout(60)
class ModelNamesTest {
    /// `large` is at the address of OpenAI itself.
    private static final Gateway AT_OPENAI = SharedGateway.NARROW.get();

    @BeforeEach
    void forgetEarlierCalls() {
        AT_OPENAI.forget();
        Gateway.shared().forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {"claude-sonnet-4-5", "gpt-5-mini", "gemini-2.5-pro", "openai/gpt-4o-mini"})
    void aWellKnownNameMeansAutoWhereNobodyServesIt(String name) throws Exception {
        var reply = Gateway.shared().client().chat(Chat.ask(name, Chat.EASY));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-requested-model")).isEqualTo(name);
        assertThat(reply.header("x-pointsman-reason")).startsWith("score_");
    }

    @Test
    void aConfiguredNameIsNotSaidTwice() throws Exception {
        var reply = Gateway.shared().client().chat(Chat.ask("gpt-4o", Chat.EASY));

        assertThat(reply.header("x-pointsman-requested-model")).isEmpty();
    }

    @Test
    void aNameGoesAsItIsToTheProviderThatServesIt() throws Exception {
        var reply = AT_OPENAI.client().chat(Chat.ask("gpt-4o-mini", "hello"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("openai/gpt-4o-mini");
        assertThat(reply.header("x-pointsman-model")).isEqualTo("gpt-4o-mini");
        assertThat(reply.header("x-pointsman-requested-model")).isEqualTo("gpt-4o-mini");
        assertThat(AT_OPENAI.large().onlyCall().json().path("model").asString()).isEqualTo("gpt-4o-mini");
    }

    /// 8 fresh, 4 cached and 5 written tokens at $0.15, $0.075 and $0.60 a million are 4.5 micro-dollars.
    @Test
    void whatAProviderServesCostsWhatTheCatalogueSays() throws Exception {
        var reply = AT_OPENAI.client().chat(Chat.ask("gpt-4o-mini", "hello"));

        assertThat(reply.header("x-pointsman-cost-micros")).isEqualTo("5");
    }

    @Test
    void whatNoCatalogueHasCostsWhatNobodyKnows() throws Exception {
        var reply = AT_OPENAI.client().chat(Chat.ask("openai/of-my-own", "hello"));

        assertThat(reply.header("x-pointsman-model")).isEqualTo("of-my-own");
        assertThat(reply.header("x-pointsman-cost-micros")).isEqualTo("unknown");
    }

    @Test
    void aJobsNameGoesAsItIsToo() throws Exception {
        var jobs = new Jobs(AT_OPENAI.client());

        var job = jobs.await(jobs.create(Jobs.ask("gpt-4o-mini", "Say {n}.", Jobs.numbers(1), "{}")));

        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(AT_OPENAI.large().onlyCall().json().path("model").asString()).isEqualTo("gpt-4o-mini");
    }

    @Test
    void anAliasComesBeforeTheProvider() throws Exception {
        var reply = AT_OPENAI.client().chat(Chat.ask("gpt-4.1", "hello"));

        assertThat(reply.header("x-pointsman-model")).isEqualTo("tiny-1");
    }

    @Test
    void anotherFamilysNameMeansAutoThereToo() throws Exception {
        var reply = AT_OPENAI.client().chat(Chat.ask("claude-opus-4-8", Chat.EASY));

        assertThat(reply.header("x-pointsman-reason")).startsWith("score_");
    }

    @Test
    void anImpliedModelIsFoundByItsName() throws Exception {
        assertThat(AT_OPENAI.client().get("/v1/models/gpt-4o-mini").status()).isEqualTo(200);
        assertThat(AT_OPENAI.client().get("/v1/models/my-typo").status()).isEqualTo(404);
    }

    @Test
    void withTenantsAnUnknownNameIsRefusedWithTheLineToAdd() throws Exception {
        var reply = SharedGateway.KEYED
                .get()
                .client()
                .chat(Chat.ask("gpt-4.1", "hello"), "authorization", "Bearer " + SharedGateway.key("acme"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").path("message").asString())
                .contains("pointsman.tier.aliases: { \"[gpt-4.1]\": auto }");
    }
}
