package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.cache.ProviderCache;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SimulatedProvider;
import pointsman.testing.SimulatedProvider.Bill;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What providers charge by their rules for a job, beside what was foreseen and what the given order costs.
@Timeout(120)
class PriceGuardTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final double INPUT = 2;
    private static final Duration LATENCY = Duration.ofMillis(40);
    private static final String INSTRUCTION =
            "Judge the beer by what is said of it, as a patient judge would. ".repeat(75);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vLLM                 | OpenAI before GPT-5.6",
                "Anthropic, 5 minutes | OpenAI GPT-5.6 and later",
                "Anthropic, 1 hour    | Gemini implicit",
                "none                 | DeepSeek"
            })
    void theBillIsAsForeseenAndNeverAboveThatOfTheGivenOrder(String small, String large) throws Exception {
        try (var one = SimulatedProvider.start(rule(small), LATENCY);
                var other = SimulatedProvider.start(rule(large), LATENCY);
                var gateway = Gateway.with(
                        Stream.concat(upstream("small", rule(small), one), upstream("large", rule(large), other))
                                .toArray(String[]::new))) {
            check(new Jobs(gateway.client()), "small", one, rule(small));
            check(new Jobs(gateway.client()), "large", other, rule(large));
        }
    }

    private static void check(Jobs jobs, String tier, SimulatedProvider provider, ProviderCache rule) throws Exception {
        var foreseen = jobs.await(jobs.create(job(tier, "{\"lanes\": 4}"))).at("/forecast/planned");
        var planned = provider.bill();
        provider.forget();
        jobs.await(jobs.create(job(tier, "{\"lanes\": 4, \"reorder\": false}")));
        var given = provider.bill();

        assertThat(dollars(planned, rule)).as(rule.name()).isLessThanOrEqualTo(dollars(given, rule) * 1.0001);
        assertThat(dollars(planned, rule)).as(rule.name()).isCloseTo(cost(foreseen), within(0.02 * cost(foreseen)));
        if (!rule.name().equals("none")) {
            assertThat(planned.cached()).as(rule.name()).isGreaterThan(given.cached());
        }
    }

    private static double cost(JsonNode foreseen) {
        return foreseen.path("input_cost_usd").asDouble();
    }

    private static double dollars(Bill bill, ProviderCache rule) {
        return bill.dollars(rule, INPUT, 0);
    }

    private static ObjectNode job(String tier, String options) {
        return Jobs.ask(tier, INSTRUCTION, rows(), options);
    }

    /// What is unique stands first; what is shared stands in two columns, one within the other.
    private static List<ObjectNode> rows() {
        return IntStream.range(0, 90)
                .mapToObj(n -> JSON.createObjectNode()
                        .put("id", "beer " + n * 7919 % 90)
                        .put("brewery", words("brewery", n % 15, 60))
                        .put("style", words("style", n % 5, 120)))
                .toList();
    }

    private static String words(String what, int number, int count) {
        return "%s number %d ".formatted(what, number).repeat(count / 3);
    }

    private static ProviderCache rule(String name) throws IOException {
        return ProviderCache.packaged().stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> upstream(String tier, ProviderCache rule, SimulatedProvider provider) {
        var prefix = "pointsman.upstreams." + tier;
        return Stream.of(
                "pointsman.batch.providers.%s=%s".formatted(tier, rule.name()),
                prefix + ".base-url=" + provider.baseUrl(),
                prefix + ".price.input=" + INPUT,
                prefix + ".price.cached-input=" + INPUT * rule.readFactor(),
                prefix + ".price.cache-write=" + INPUT * rule.writeFactor());
    }
}
