package pointsman.fleet;

import static pointsman.fleet.FleetProperties.httpUrl;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.dialect.Capability;
import pointsman.fleet.FleetProperties.Spoken;
import pointsman.usage.Price;

/// `pointsman.providers` and `pointsman.models`: who serves models, and the models that have a name of ours.
///
/// @param providers by their names; one of a well-known name has that provider's address and dialects,
///     unless it says others
/// @param models by the names that clients and ladders call them by
/// @param fleet lists in the place of those in the jar
@ConfigurationProperties("pointsman")
public record ModelsProperties(
        @DefaultValue Map<String, ProviderEntry> providers,
        @DefaultValue Map<String, ModelEntry> models,
        @DefaultValue FleetEntry fleet) {
    public ModelsProperties {
        providers = Map.copyOf(providers);
        models = Map.copyOf(models);
    }

    /// Lists in the place of those in the jar.
    ///
    /// @param catalogue a CSV of known models; empty: the packaged one
    /// @param habits a CSV of what providers take; empty: the packaged one
    public record FleetEntry(
            @DefaultValue("") String catalogue,
            @DefaultValue("") String habits) {}

    /// One provider as it is configured. What is left out is as its preset has it, or as usual.
    ///
    /// @param baseUrl up to and with `/v1`
    /// @param dialects that are spoken there, the preferred one first
    /// @param dialect the same, where it is one
    /// @param apiKeys that take turns
    /// @param apiVersion Azure's: then models are places of the address
    /// @param headers that are added to every request
    /// @param serves patterns of the names of models that it serves as they are
    /// @param limits of the road to it
    /// @param caching what its prompt cache is told
    public record ProviderEntry(
            @DefaultValue("") String baseUrl,
            @DefaultValue List<Spoken> dialects,
            @Nullable Spoken dialect,
            @DefaultValue List<ApiKey> apiKeys,
            @DefaultValue("") String apiVersion,
            @DefaultValue Map<String, String> headers,
            @DefaultValue List<String> serves,
            @DefaultValue LimitsEntry limits,
            @DefaultValue CachingEntry caching) {
        public ProviderEntry {
            apiKeys = List.copyOf(apiKeys);
            headers = Map.copyOf(headers);
            serves = List.copyOf(serves);
            if (!baseUrl.isEmpty()) {
                httpUrl(baseUrl);
            }
            if (dialect != null) {
                if (!dialects.isEmpty()) {
                    throw new IllegalArgumentException("dialect: cannot stand beside dialects");
                }
                dialects = List.of(dialect);
            }
            dialects = List.copyOf(dialects);
        }

        /// The base URL, with the places of models where there is a version of an API that has them.
        String address() {
            return apiVersion.isEmpty() || baseUrl.contains("{model}")
                    ? baseUrl
                    : baseUrl.replaceAll("/+$", "") + "/openai/deployments/{model}?api-version=" + apiVersion;
        }
    }

    /// What is left out is as `pointsman.upstreams` has it.
    ///
    /// @param maxConcurrent calls in flight
    /// @param connectTimeout for a TCP or TLS connection
    /// @param firstWordTimeout from the request to the first word of a streamed answer, while another may
    ///     answer
    /// @param firstByteTimeout the same where nobody else is left
    /// @param answerTimeout from the request to the whole of a buffered answer
    /// @param gapTimeout between two pieces of a streamed answer
    public record LimitsEntry(
            @Nullable Integer maxConcurrent,
            @Nullable Duration connectTimeout,
            @Nullable Duration firstWordTimeout,
            @Nullable Duration firstByteTimeout,
            @Nullable Duration answerTimeout,
            @Nullable Duration gapTimeout) {
        Provider.Limits over(Provider.Limits usual) {
            var timeouts = usual.timeouts();
            return new Provider.Limits(
                    maxConcurrent == null ? usual.maxConcurrent() : maxConcurrent,
                    new TimeoutProperties(
                            or(connectTimeout, timeouts.connectTimeout()),
                            or(firstWordTimeout, timeouts.firstWordTimeout()),
                            or(firstByteTimeout, or(firstWordTimeout, timeouts.firstByteTimeout())),
                            or(answerTimeout, timeouts.answerTimeout()),
                            or(gapTimeout, timeouts.gapTimeout())));
        }

        private static Duration or(@Nullable Duration own, Duration usual) {
            return own == null ? usual : own;
        }
    }

    /// What a provider's prompt cache is told.
    ///
    /// @param promptCacheKey whether it may be sent a `prompt_cache_key`; only where it speaks OpenAI's
    ///     dialect
    /// @param marks whether long conversations are marked for it; only where it speaks Anthropic's
    public record CachingEntry(
            @DefaultValue("true") boolean promptCacheKey,
            @DefaultValue("true") boolean marks) {}

    /// One model as it is configured: `deployments`, or a `provider` (and what the model is called there),
    /// or a `local` one.
    ///
    /// @param deployments where it is reached
    /// @param provider where it is reached, if that is one place
    /// @param as the name that the provider knows it by; empty: ours
    /// @param local the model of `pointsman.local.models` that it is
    /// @param price of its tokens; left out: as the catalogue has it, else unknown
    /// @param contextTokens prompt and answer together; left out: as the catalogue has it, else unknown
    /// @param abilities what it is able to; left out: as the catalogue has it, else whatever it is asked
    /// @param fallbacks models that may answer for it when it cannot
    /// @param knownAs by which name in the router's training data, size or price it is scored
    public record ModelEntry(
            @DefaultValue List<DeploymentEntry> deployments,
            @DefaultValue("") String provider,
            @DefaultValue("") String as,
            @DefaultValue("") String local,
            @Nullable PriceEntry price,
            @Nullable Integer contextTokens,
            @Nullable Set<Capability> abilities,
            @DefaultValue List<String> fallbacks,
            @DefaultValue("") String knownAs) {
        public ModelEntry {
            deployments = List.copyOf(deployments);
            fallbacks = List.copyOf(fallbacks);
            var ways = (deployments.isEmpty() ? 0 : 1) + (provider.isEmpty() ? 0 : 1) + (local.isEmpty() ? 0 : 1);
            if (ways != 1) {
                throw new IllegalArgumentException(
                        "a model has either deployments, or a provider, or is local: name one of them");
            }
            if (price != null && price.isHalf()) {
                throw new IllegalArgumentException(
                        "price: input and output must both be stated, in dollars per million tokens (0 if it is free)");
            }
            if (contextTokens != null && contextTokens < 1) {
                throw new IllegalArgumentException("context-tokens: less than 1");
            }
        }

        /// Where it is reached, if it is not local.
        List<DeploymentEntry> remote() {
            return provider.isEmpty() ? deployments : List.of(new DeploymentEntry(provider, as, 1));
        }
    }

    /// A model at one provider.
    ///
    /// @param provider by its name
    /// @param as the name that it knows the model by; empty: ours
    /// @param weight its share of the load, beside the others'
    public record DeploymentEntry(
            @DefaultValue("") String provider,
            @DefaultValue("") String as,
            @DefaultValue("1") int weight) {
        public DeploymentEntry {
            if (provider.isEmpty()) {
                throw new IllegalArgumentException("provider: a deployment names one");
            }
        }
    }

    /// A price in US dollars per million tokens. What the cache gives or takes in costs what a fresh token
    /// does, unless it is said.
    ///
    /// @param input a fresh token of the prompt
    /// @param cachedInput one that came from the prompt cache
    /// @param cacheWrite one that the prompt cache took in
    /// @param hourCacheWrite one that it keeps for an hour
    /// @param output a token of the answer
    public record PriceEntry(
            @Nullable BigDecimal input,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal cacheWrite,
            @Nullable BigDecimal hourCacheWrite,
            @Nullable BigDecimal output) {
        /// What no price can be is refused where it is read, by its name.
        public PriceEntry {
            price(input, cachedInput, cacheWrite, hourCacheWrite, output);
        }

        /// Whether only one of the two is stated that make a price.
        boolean isHalf() {
            return (input == null) != (output == null);
        }

        /// The price, if one is stated; the half that is missing is 0.
        Optional<Price> stated() {
            return input == null && output == null
                    ? Optional.empty()
                    : Optional.of(price(input, cachedInput, cacheWrite, hourCacheWrite, output));
        }

        private static Price price(
                @Nullable BigDecimal input,
                @Nullable BigDecimal cachedInput,
                @Nullable BigDecimal cacheWrite,
                @Nullable BigDecimal hourCacheWrite,
                @Nullable BigDecimal output) {
            var read = input == null ? BigDecimal.ZERO : input;
            var written = cacheWrite == null ? read : cacheWrite;
            return new Price(
                    read,
                    cachedInput == null ? read : cachedInput,
                    written,
                    hourCacheWrite == null ? written : hourCacheWrite,
                    output == null ? BigDecimal.ZERO : output);
        }
    }
}
