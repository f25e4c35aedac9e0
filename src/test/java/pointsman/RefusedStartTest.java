package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;
import pointsman.testing.Gateway;

/// What an operator reads when the gateway does not start: which property, and why.
class RefusedStartTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pointsman.upstreams.large.base-url=ftp://x | pointsman.upstreams.large.base-url: not an http(s) URL: 'ftp://x'
                    pointsman.upstreams.large.base-url=foo | pointsman.upstreams.large.base-url: not an http(s) URL: 'foo'
                    pointsman.upstreams.large.base-url=http:// | pointsman.upstreams.large.base-url: not an http(s) URL
                    pointsman.upstreams.large.base-url=http://a/v1,http://b/v1 | pointsman.upstreams.large.base-url: not an http(s) URL
                    pointsman.upstreams.large.model= | pointsman.upstreams.large.model: must be named beside a base-url
                    pointsman.upstreams.attempts=4 | pointsman.upstreams.attempts: must be 1 to 3, was 4
                    pointsman.upstreams.breaker.failure-rate=0 | pointsman.upstreams.breaker.failure-rate: must be 1 to 100, was 0
                    pointsman.upstreams.gap-timeout=0s | pointsman.upstreams.gap-timeout: must be longer than nothing
                    pointsman.upstreams.large.price.input=-1 | pointsman.upstreams.large.price.input: must be 0 to
                    pointsman.chat.max-depth=1 | pointsman.chat.max-depth: must be 4 to 1000, was 1
                    pointsman.tier.threshold=1.5 | pointsman.tier.threshold: must be 0 to 1, was 1.5
                    pointsman.tier.aliases.fast=nobody | pointsman.tier.aliases.fast: there is no model 'nobody'
                    pointsman.routes.auto.rungs=small,nobody | pointsman.routes.auto: there is no model 'nobody'
                    pointsman.router.threads=0 | pointsman.router.threads: must be 1 to
                    pointsman.router.pair=weak,nobody | pointsman.router.pair: unknown model
                    pointsman.cat.max-depth=9 | pointsman.cat.max-depth: there is no such property
                    """)
    void aBadPropertyIsNamedWithItsReason(String property, String message) {
        assertThat(refusal(property).getDescription()).contains(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pointsman.chat.max-dept=9",
                "pointsman.local.cache-folder=/tmp",
                "pointsman.upstreams.attempt=1",
                "pointsman.upstreams.small.pice.input=1",
                "pointsman.upstreams.breaker.windows=9",
                "pointsman.local.models.mine.context-token=9",
                "pointsman.access.tenants[0].name=a",
                "pointsman.batch.limits.row=9",
                "pointsman.providers.mine.base-urls=http://a/v1",
                "pointsman.models.mine.deploys=a",
                "pointsman.router.threads.most=2"
            })
    void aMistypedPropertyIsNamed(String property) {
        assertThat(refusal(property).getDescription())
                .isEqualTo(property.substring(0, property.indexOf('=')) + ": there is no such property");
    }

    @Test
    void aFallbackThatNobodyKnowsIsNamed() {
        var refusal = refusal(List.of(
                "pointsman.providers.mine.base-url=http://127.0.0.1:9/v1",
                "pointsman.models.first.provider=mine",
                "pointsman.models.first.fallbacks=secnd"));

        assertThat(refusal.getDescription()).isEqualTo("pointsman.models.first.fallbacks: there is no model 'secnd'");
    }

    @Test
    void aLocalModelThatNobodyKnowsIsNamed() {
        var refusal = refusal(List.of("pointsman.upstreams.small.local=nobody"));

        assertThat(refusal.getDescription()).contains("the upstream small").contains("nobody");
        assertThat(refusal.getAction()).contains("SMALL_BASE_URL");
    }

    private static FailureAnalysis refusal(String property) {
        var name = property.substring(0, property.indexOf('=') + 1);
        var others = Stream.of(
                        "pointsman.upstreams.small.base-url=http://127.0.0.1:9/v1",
                        "pointsman.upstreams.small.model=a",
                        "pointsman.upstreams.large.base-url=http://127.0.0.1:9/v1",
                        "pointsman.upstreams.large.model=b")
                .filter(other -> !other.startsWith(name));
        return refusal(Stream.concat(others, Stream.of(property)).toList());
    }

    private static FailureAnalysis refusal(List<String> properties) {
        var all = new ArrayList<>(List.of("server.port=0", "management.server.port=0"));
        all.addAll(properties);
        var failure = catchThrowable(() -> Gateway.run(List.copyOf(all)).close());
        return analyzers()
                .map(analyzer -> analyzer.analyze(failure))
                .filter(analysis -> analysis != null)
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody explains " + failure, failure));
    }

    /// Ours, then those of Spring Boot that the message of an unknown property comes from.
    private static Stream<FailureAnalyzer> analyzers() {
        return SpringFactoriesLoader.forDefaultResourceLocation().load(FailureAnalyzer.class, (_, _, _) -> {}).stream();
    }
}
