package pointsman.fleet;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import pointsman.dialect.Attachment;
import pointsman.dialect.UpstreamDialect;
import pointsman.usage.Price;

/// `pointsman.upstreams`: what stands behind the tiers, and the limits of the road to it.
///
/// @param small the cheap model
/// @param large the costly model
/// @param embeddings makes embeddings; nobody does without a base-url, an api-key and a local model
/// @param openai what an api-key without a base-url stands for
/// @param anthropic the same for an upstream that speaks Anthropic's dialect
/// @param connectTimeout for a TCP or TLS connection
/// @param firstByteTimeout from the request to the first event of a streamed answer
/// @param answerTimeout from the request to the whole of a buffered answer
/// @param gapTimeout between two pieces of a streamed answer
/// @param maxAnswer bytes of a buffered answer, and of one event of a stream
/// @param attempts in all; only before the first byte went to the client
/// @param retryBackoff before the second attempt, doubled for each further one
/// @param retryBudget how many second and third attempts there may be
/// @param breaker when an upstream is left alone
/// @param maxConcurrent calls in flight per upstream
/// @param pool connections per upstream
@ConfigurationProperties(prefix = "pointsman.upstreams", ignoreUnknownFields = false)
public record FleetProperties(
        Endpoint small,
        Endpoint large,
        Endpoint embeddings,
        Provider openai,
        Provider anthropic,
        Duration connectTimeout,
        Duration firstByteTimeout,
        Duration answerTimeout,
        Duration gapTimeout,
        DataSize maxAnswer,
        int attempts,
        Duration retryBackoff,
        RetryBudget retryBudget,
        Breaker breaker,
        int maxConcurrent,
        Pool pool) {
    public FleetProperties {
        positive("connect-timeout", connectTimeout);
        positive("first-byte-timeout", firstByteTimeout);
        positive("answer-timeout", answerTimeout);
        positive("gap-timeout", gapTimeout);
        positive("retry-backoff", retryBackoff);
        within("max-answer", maxAnswer.toBytes(), 1_024, Integer.MAX_VALUE / 2);
        within("attempts", attempts, 1, 3);
        within("max-concurrent", maxConcurrent, 1, 100_000);
    }

    /// The large upstream. With no address and no key of its own, a provider's key makes that provider it:
    /// Anthropic's where the dialect says so or there is no other, else OpenAI's.
    Endpoint largeOrProvider() {
        if (large.isRemote()) {
            return large;
        }
        var isAnthropic =
                large.dialect() == Spoken.AUTO ? openai.apiKey().isEmpty() : large.dialect() == Spoken.ANTHROPIC;
        var provider = isAnthropic ? anthropic : openai;
        return provider.apiKey().isEmpty() ? large : large.at(isAnthropic ? Spoken.ANTHROPIC : Spoken.OPENAI, provider);
    }

    /// One upstream as it is configured.
    ///
    /// @param baseUrl up to and with `/v1`; empty: a local model
    /// @param apiKey what it wants to see; empty: nothing
    /// @param dialect what it speaks
    /// @param model the name that it knows its model by
    /// @param local the local model that stands in while there is no base-url and no api-key
    /// @param price of its tokens
    /// @param reads what its model can read beside text; what small cannot read goes to large
    /// @param promptCacheKey whether it may be sent a `prompt_cache_key`, which keeps its prompt caches apart
    ///     by tenant; only where it speaks OpenAI's dialect
    /// @param cacheMarks whether long conversations are marked for its prompt cache; only where it speaks
    ///     Anthropic's
    public record Endpoint(
            String baseUrl,
            ApiKey apiKey,
            @DefaultValue("auto") Spoken dialect,
            String model,
            String local,
            Price price,
            @DefaultValue Set<Attachment> reads,
            @DefaultValue("true") boolean promptCacheKey,
            @DefaultValue("true") boolean cacheMarks) {
        public Endpoint {
            if (!baseUrl.isEmpty()) {
                httpUrl(baseUrl);
                if (model.isBlank()) {
                    throw new IllegalArgumentException("model: must be named beside a base-url");
                }
            }
        }

        /// Whether there is one at all.
        public boolean isConfigured() {
            return isRemote() || !local.isEmpty();
        }

        /// What it speaks.
        UpstreamDialect spoken() {
            return switch (dialect) {
                case AUTO, OPENAI -> UpstreamDialect.OPENAI_CHAT;
                case ANTHROPIC -> UpstreamDialect.ANTHROPIC_MESSAGES;
                case LLAMA_CPP -> UpstreamDialect.LLAMA_CPP;
            };
        }

        /// The same, reached as this provider.
        Endpoint at(Spoken spoken, Provider provider) {
            return new Endpoint(
                    provider.baseUrl(),
                    apiKey.isEmpty() ? provider.apiKey() : apiKey,
                    spoken,
                    model.isBlank() ? provider.model() : model,
                    local,
                    price,
                    reads,
                    promptCacheKey,
                    cacheMarks);
        }

        /// Whether it is a server somewhere, and not a local model.
        public boolean isRemote() {
            return !baseUrl.isEmpty() || !apiKey.isEmpty();
        }
    }

    /// What an upstream speaks.
    public enum Spoken {
        /// OpenAI's, unless only a key of Anthropic's is there.
        AUTO,
        OPENAI,
        ANTHROPIC,
        LLAMA_CPP
    }

    /// A provider that everybody knows.
    ///
    /// @param baseUrl of its API
    /// @param apiKey that makes it the large upstream, where that has neither address nor key of its own
    /// @param model that is asked where none is configured
    public record Provider(String baseUrl, ApiKey apiKey, String model) {
        public Provider {
            httpUrl(baseUrl);
        }
    }

    /// The circuit breaker of each upstream.
    ///
    /// @param window how many of the last calls are looked at
    /// @param failureRate per cent of failed ones at which it opens
    /// @param openFor how long nothing is sent then
    public record Breaker(int window, int failureRate, Duration openFor) {
        public Breaker {
            within("window", window, 2, 10_000);
            within("failure-rate", failureRate, 1, 100);
            positive("open-for", openFor);
        }
    }

    /// What all upstreams together may have of further attempts.
    ///
    /// @param percent of the requests of the same second
    /// @param perSecond but so many in any case
    public record RetryBudget(int percent, int perSecond) {
        public RetryBudget {
            within("percent", percent, 0, 200);
            within("per-second", perSecond, 0, 100_000);
        }
    }

    /// The connections to each upstream.
    ///
    /// @param connections at most
    /// @param pending calls that may wait for one
    /// @param idle after which one is closed
    public record Pool(int connections, int pending, Duration idle) {
        public Pool {
            within("connections", connections, 1, 100_000);
            within("pending", pending, 1, 1_000_000);
            positive("idle", idle);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: must be longer than nothing, was %s".formatted(name, value));
        }
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s: must be %d to %d, was %d".formatted(name, least, most, value));
        }
    }

    private static void httpUrl(String text) {
        try {
            var uri = new URI(text);
            if (isHttp(uri.getScheme()) && uri.getHost() != null && text.indexOf(',') < 0) {
                return;
            }
        } catch (URISyntaxException _) {
            // Falls through to the one message for everything that is no URL.
        }
        throw new IllegalArgumentException("base-url: not an http(s) URL: '%s'".formatted(text));
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    }
}
