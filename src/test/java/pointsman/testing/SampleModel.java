package pointsman.testing;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import pointsman.dialect.Capability;
import pointsman.dialect.UpstreamDialect;
import pointsman.fleet.Abilities;
import pointsman.fleet.Address;
import pointsman.fleet.ApiKey;
import pointsman.fleet.Deployment;
import pointsman.fleet.Health;
import pointsman.fleet.KeyRing;
import pointsman.fleet.Model;
import pointsman.fleet.PromptCaching;
import pointsman.fleet.Provider;
import pointsman.fleet.SpokenHabits;
import pointsman.usage.Price;
import pointsman.usage.Pricing;

/// A model as a test wants it.
///
/// @param name ours
/// @param abilities what it can be asked
/// @param price of its tokens
/// @param fallbacks names of models that may answer for it
/// @param place what all of its deployments have in common
public record SampleModel(String name, Abilities abilities, Pricing price, List<String> fallbacks, Place place) {
    /// The name that its providers know it by.
    public static final String ID = "tiny";

    /// What its deployments have in common.
    ///
    /// @param dialects that are spoken there, the preferred one first
    /// @param keys that take turns
    /// @param local whether the gateway runs it
    /// @param health how it is
    /// @param limits of the road to it
    public record Place(
            List<UpstreamDialect> dialects, List<String> keys, boolean local, Health health, Provider.Limits limits) {}

    /// A remote model that speaks OpenAI's dialect, costs a dollar, holds everything and reads text.
    public static SampleModel named(String name) {
        return new SampleModel(
                name,
                Abilities.reading(Integer.MAX_VALUE, Set.of()),
                dollars("1"),
                List.of(),
                new Place(
                        List.of(UpstreamDialect.OPENAI_CHAT),
                        List.of("sk-secret"),
                        false,
                        Health.UNKNOWN,
                        Defaults.limits()));
    }

    /// A price of so many dollars for a million tokens of any kind.
    public static Price dollars(String amount) {
        var dollars = new BigDecimal(amount);
        return new Price(dollars, dollars, dollars, dollars, dollars);
    }

    /// In these dialects, the preferred one first.
    public SampleModel speaking(UpstreamDialect... others) {
        return with(new Place(List.of(others), place.keys, place.local, place.health, place.limits));
    }

    public SampleModel holding(int tokens) {
        return with(new Abilities(tokens, abilities.can()));
    }

    /// Reads text and these, and does all else that is asked.
    public SampleModel reading(Capability... kinds) {
        return with(Abilities.reading(abilities.contextTokens(), Set.of(kinds)));
    }

    /// Is able to these, and nothing else that not every model is.
    public SampleModel ableTo(Capability... all) {
        return with(new Abilities(abilities.contextTokens(), Set.of(all)));
    }

    public SampleModel costing(Pricing other) {
        return new SampleModel(name, abilities, other, fallbacks, place);
    }

    public SampleModel fallingBackTo(String... others) {
        return new SampleModel(name, abilities, price, List.of(others), place);
    }

    /// With keys that take turns.
    public SampleModel withKeys(String... keys) {
        return with(new Place(place.dialects, List.of(keys), place.local, place.health, place.limits));
    }

    public SampleModel withHealth(Health other) {
        return with(new Place(place.dialects, place.keys, place.local, other, place.limits));
    }

    /// Within limits as `application.yml` has them, but for these properties.
    public SampleModel limited(String... properties) {
        return with(new Place(place.dialects, place.keys, place.local, place.health, Defaults.limits(properties)));
    }

    public SampleModel runHere() {
        return with(new Place(place.dialects, place.keys, true, place.health, place.limits));
    }

    /// The model, which nobody reaches.
    public Model model() {
        return at("http://127.0.0.1:9/v1");
    }

    /// The model, with a deployment of weight 1 at each of these addresses.
    public Model at(String... baseUrls) {
        var names = baseUrls.length == 1
                ? Stream.of(name)
                : Stream.iterate(1, number -> number + 1).map(number -> name + "@" + number);
        var places = names.limit(baseUrls.length).iterator();
        return at(Arrays.stream(baseUrls)
                .map(url -> deployment(places.next(), url, 1))
                .toArray(Deployment[]::new));
    }

    /// The model with these deployments, each as it is.
    public Model at(Deployment... deployments) {
        return new Model(name, List.of(deployments), abilities, price, fallbacks);
    }

    /// A deployment of it, at a provider of the same name.
    public Deployment deployment(String named, String baseUrl, int weight) {
        return new Deployment(
                named,
                ID,
                provider(named, baseUrl),
                weight,
                PromptCaching.NONE,
                SpokenHabits.NONE,
                Map.of(),
                place.local,
                place.health);
    }

    private Provider provider(String named, String baseUrl) {
        return new Provider(
                named,
                place.dialects,
                Address.of(baseUrl),
                new KeyRing(place.keys.stream().map(ApiKey::new).toList()),
                List.of(),
                place.limits);
    }

    private SampleModel with(Abilities other) {
        return new SampleModel(name, other, price, fallbacks, place);
    }

    private SampleModel with(Place other) {
        return new SampleModel(name, abilities, price, fallbacks, other);
    }
}
