package pointsman.fleet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// The models behind the gateway: those with a name of ours, and whatever else the providers serve, which
/// is called by the provider's name and its own: `openai/gpt-4o`.
public final class Models {
    /// The names of the models that `pointsman.upstreams` describes.
    public static final String SMALL = "small";

    public static final String LARGE = "large";
    public static final String EMBEDDINGS = "embeddings";

    /// What has no control characters and no end can be told in a header.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}");

    private final Map<String, Model> named = new LinkedHashMap<>();
    private final Map<String, Provider> providers = new LinkedHashMap<>();
    private final List<String> catalogued;
    private final BiFunction<Provider, String, Model> asIs;

    /// @param named those with a name of ours, in the order in which they are shown
    /// @param providers who serves models
    /// @param catalogued names of well-known models that these serve
    /// @param asIs makes the model of a name that a provider knows
    public Models(
            Collection<Model> named,
            Collection<Provider> providers,
            Collection<String> catalogued,
            BiFunction<Provider, String, Model> asIs) {
        named.forEach(model -> this.named.put(model.name(), model));
        providers.forEach(provider -> this.providers.put(provider.name(), provider));
        this.catalogued = List.copyOf(catalogued);
        this.asIs = asIs;
    }

    /// Those with a name of ours.
    public List<Model> all() {
        return List.copyOf(named.values());
    }

    /// The names of well-known models that providers serve, without a name of ours.
    public List<String> catalogued() {
        return catalogued;
    }

    /// The model of a name: ours, or a provider's name, a stroke, and the name that it knows.
    public Optional<Model> named(String name) {
        var own = named.get(name);
        if (own != null) {
            return Optional.of(own);
        }
        if (name.endsWith(Model.HERE)) {
            var whole = named.get(name.substring(0, name.length() - Model.HERE.length()));
            return Optional.ofNullable(whole).flatMap(Model::here);
        }
        var stroke = name.indexOf('/');
        return stroke < 1 ? Optional.empty() : at(name.substring(0, stroke), name.substring(stroke + 1));
    }

    /// A provider's model, by the name that it knows.
    public Optional<Model> at(String provider, String id) {
        return NAME.matcher(id).matches()
                ? Optional.ofNullable(providers.get(provider)).map(known -> asIs.apply(known, id))
                : Optional.empty();
    }

    /// The model that a provider serves by this very name, as its own API does.
    public Optional<Model> served(String name) {
        return NAME.matcher(name).matches()
                ? providers.values().stream()
                        .filter(provider -> provider.serves(name))
                        .findFirst()
                        .map(provider -> asIs.apply(provider, name))
                : Optional.empty();
    }

    /// Whether there is a provider of this name.
    public boolean hasProvider(String name) {
        return providers.containsKey(name);
    }
}
