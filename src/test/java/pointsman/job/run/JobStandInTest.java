package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.Meters;
import pointsman.testing.SharedGateway;
import tools.jackson.databind.JsonNode;

/// Rows that the router sends to small, which small turns out not to be able to answer. Here everything
/// is easy.
@Timeout(60)
class JobStandInTest {
    private static final Gateway GATEWAY = SharedGateway.JOBS.get();

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @BeforeEach
    void largeAnswers() {
        GATEWAY.forget();
        GATEWAY.large()
                .on(
                        "refuse",
                        (exchange, _) -> exchange.json(200, Completions.buffered("m", Completions.quoted("yes"))));
    }

    @ParameterizedTest
    @CsvSource({"context_length_exceeded", "unsupported_value"})
    void whatOnlySmallCannotIsAskedOfLargeAndBookedThere(String code) throws Exception {
        refuseAtSmall(code);
        double small = booked("small");
        double large = booked("large");

        var lines = results("auto", "{}");

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.path("answer").asString()).isEqualTo("yes"));
        assertThat(GATEWAY.small().calls()).hasSize(1);
        assertThat(GATEWAY.large().calls()).hasSize(1);
        assertThat(booked("small")).isEqualTo(small);
        assertThat(booked("large")).isEqualTo(large + 1);
    }

    private static double booked(String tier) throws Exception {
        return Meters.of(GATEWAY).sum("pointsman_requests_total", "tenant=\"local\"", "tier=\"%s\"".formatted(tier));
    }

    @Test
    void aJobThatMayNotSpendSoMuchKeepsSmallsRefusal() throws Exception {
        refuseAtSmall("context_length_exceeded");

        var lines = results("auto", "{\"max_cost_usd\": 0.001}");

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.at("/error/code").asString()).isEqualTo("upstream_rejected"));
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void whoeverAsksForSmallByNameIsToldWhatItLacks() throws Exception {
        refuseAtSmall("context_length_exceeded");

        var lines = results("small", "{}");

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.has("error")).isTrue());
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    private List<JsonNode> results(String model, String options) throws Exception {
        var id = jobs.create(Jobs.ask(model, "[[mode:refuse]] Odd?", Jobs.numbers(1), options));
        jobs.await(id);
        return jobs.results(id);
    }

    private static void refuseAtSmall(String code) {
        GATEWAY.small()
                .on(
                        "refuse",
                        (exchange, _) -> exchange.json(
                                400, "{\"error\": {\"message\": \"No.\", \"code\": \"%s\"}}".formatted(code)));
    }
}
