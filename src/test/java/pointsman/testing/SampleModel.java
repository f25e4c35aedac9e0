package pointsman.testing;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import pointsman.dialect.Attachment;
import pointsman.dialect.UpstreamDialect;
import pointsman.fleet.Abilities;
import pointsman.fleet.ApiKey;
import pointsman.fleet.Health;
import pointsman.fleet.Model;
import pointsman.fleet.PromptCaching;
import pointsman.fleet.Provider;
import pointsman.usage.Price;

/// A model as a test wants it.
///
/// @param name its tier's
/// @param dialect that is spoken where it is
/// @param contextTokens that it can hold
/// @param reads beside text
/// @param price of its tokens
/// @param local whether the gateway runs it
/// @param health how it is
public record SampleModel(
        String name,
        UpstreamDialect dialect,
        int contextTokens,
        Set<Attachment> reads,
        Price price,
        boolean local,
        Health health) {
    /// A remote model that speaks OpenAI's dialect, costs a dollar, holds everything and reads text.
    public static SampleModel named(String name) {
        return new SampleModel(
                name, UpstreamDialect.OPENAI_CHAT, Integer.MAX_VALUE, Set.of(), dollars("1"), false, Health.UNKNOWN);
    }

    /// A price of so many dollars for a million tokens of any kind.
    public static Price dollars(String amount) {
        var dollars = new BigDecimal(amount);
        return new Price(dollars, dollars, dollars, dollars, dollars);
    }

    public SampleModel speaking(UpstreamDialect other) {
        return new SampleModel(name, other, contextTokens, reads, price, local, health);
    }

    public SampleModel holding(int tokens) {
        return new SampleModel(name, dialect, tokens, reads, price, local, health);
    }

    public SampleModel reading(Attachment... kinds) {
        return new SampleModel(name, dialect, contextTokens, Set.of(kinds), price, local, health);
    }

    public SampleModel costing(Price other) {
        return new SampleModel(name, dialect, contextTokens, reads, other, local, health);
    }

    public SampleModel withHealth(Health other) {
        return new SampleModel(name, dialect, contextTokens, reads, price, local, other);
    }

    public SampleModel runHere() {
        return new SampleModel(name, dialect, contextTokens, reads, price, true, health);
    }

    /// The model, which nobody reaches.
    public Model model() {
        return at("http://127.0.0.1:9/v1");
    }

    /// The model, at this address.
    public Model at(String baseUrl) {
        return new Model(
                name,
                "tiny",
                new Provider(dialect, URI.create(baseUrl), new ApiKey("sk-secret"), Set.of()),
                new Abilities(contextTokens, reads),
                price,
                PromptCaching.NONE,
                Map.of(),
                local,
                health);
    }
}
