package pointsman.fleet;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import pointsman.dialect.Capability;
import pointsman.dialect.UpstreamDialect;
import pointsman.fleet.ModelsProperties.PriceEntry;

/// `pointsman.upstreams`: what stands behind the tiers. The limits of the road to it are in
/// [CallProperties] and [TimeoutProperties].
///
/// @param small the cheap model
/// @param large the costly model
/// @param embeddings makes embeddings; nobody does without a base-url, an api-key and a local model
/// @param openai what an api-key without a base-url stands for
/// @param anthropic the same for an upstream that speaks Anthropic's dialect
@ConfigurationProperties("pointsman.upstreams")
public record FleetProperties(
        Endpoint small, Endpoint large, Endpoint embeddings, Provider openai, Provider anthropic) {
    /// The large upstream. With no address and no key of its own, a provider's key makes that provider it:
    /// Anthropic's where the dialect says so or there is no other, else OpenAI's.
    Endpoint largeOrProvider() {
        if (large.isRemote()) {
            return large;
        }
        var isAnthropic =
                large.dialect() == Spoken.AUTO ? openai.apiKey().isEmpty() : large.dialect() == Spoken.ANTHROPIC;
        var provider = isAnthropic ? anthropic : openai;
        var spoken = isAnthropic ? Spoken.ANTHROPIC : large.dialect();
        return provider.apiKey().isEmpty() ? large : large.at(spoken, provider);
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
            @DefaultValue PriceEntry price,
            @DefaultValue Set<Capability> reads,
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

        /// Whether nobody has said what it speaks.
        boolean isToBeKnown() {
            return dialect == Spoken.AUTO;
        }

        /// What it speaks.
        UpstreamDialect spoken() {
            return dialect.spoken();
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
        OPENAI_RESPONSES,
        ANTHROPIC,
        LLAMA_CPP;

        /// The dialect that is meant.
        UpstreamDialect spoken() {
            return switch (this) {
                case AUTO, OPENAI -> UpstreamDialect.OPENAI_CHAT;
                case OPENAI_RESPONSES -> UpstreamDialect.OPENAI_RESPONSES;
                case ANTHROPIC -> UpstreamDialect.ANTHROPIC_MESSAGES;
                case LLAMA_CPP -> UpstreamDialect.LLAMA_CPP;
            };
        }
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

    static void httpUrl(String text) {
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
