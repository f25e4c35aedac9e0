package pointsman.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;
import pointsman.cache.TenantCacheKey;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.StartRefused;
import pointsman.fleet.FleetProperties.Endpoint;
import pointsman.fleet.ModelsProperties.CachingEntry;
import pointsman.fleet.ModelsProperties.ProviderEntry;
import pointsman.fleet.catalogue.NamePattern;
import pointsman.fleet.catalogue.Preset;
import pointsman.fleet.catalogue.Presets;

/// Who serves models: the providers that are configured, and the well-known ones whose key the environment
/// holds. These are callable, and change no ladder.
final class Providers {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)}");
    private static final CachingEntry TOLD = new CachingEntry(true, true);

    private final Map<String, Known> byName = new LinkedHashMap<>();
    private final Provider.Limits usual;
    private final List<Preset> presets;

    /// A provider, and what its prompt cache may be told.
    private record Known(Provider provider, CachingEntry caching) {}

    private Providers(Provider.Limits usual, List<Preset> presets) {
        this.usual = usual;
        this.presets = presets;
    }

    /// @param usual the limits of a provider that states none
    /// @param environment where the keys of well-known providers are
    static Providers of(
            FleetProperties upstreams, ModelsProperties properties, Provider.Limits usual, Environment environment) {
        var presets = packaged();
        var providers = new Providers(usual, presets);
        UnaryOperator<String> variable = name -> environment.getProperty(name, "");
        for (var preset : presets) {
            var entry = properties.providers().get(preset.name());
            if (entry != null) {
                providers.add(providers.configured(preset.name(), entry, Optional.of(preset), variable));
            } else {
                providers.preset(preset, upstreams, variable).ifPresent(providers::add);
            }
        }
        properties.providers().forEach((name, entry) -> {
            if (presets.stream().noneMatch(preset -> preset.name().equals(name))) {
                providers.add(providers.configured(name, entry, Optional.empty(), variable));
            }
        });
        providers.addThoseOf(upstreams.small(), presets, upstreams);
        providers.addThoseOf(upstreams.largeOrProvider(), presets, upstreams);
        return providers;
    }

    /// All of them.
    Collection<Provider> all() {
        return byName.values().stream().map(Known::provider).toList();
    }

    /// One that a model's deployment names.
    ///
    /// @throws StartRefused if there is none
    Provider named(String name, String model) {
        var known = byName.get(name);
        if (known == null) {
            throw new StartRefused(
                    "pointsman.models.%s: there is no provider '%s'".formatted(model, name),
                    "Describe it under pointsman.providers.%s, or give a well-known one its key; there are: %s."
                            .formatted(name, byName.isEmpty() ? "none" : String.join(", ", byName.keySet())));
        }
        return known.provider();
    }

    /// A provider of one endpoint of `pointsman.upstreams`, which is nobody else's.
    Provider of(String name, Endpoint endpoint) {
        return new Provider(
                name,
                dialects(endpoint),
                Address.of(endpoint.baseUrl()),
                new KeyRing(List.of(endpoint.apiKey())),
                List.of(),
                usual);
    }

    /// What is spoken at an endpoint. Where nobody has said so, a well-known provider's address tells what
    /// else it speaks besides OpenAI's chat completions.
    private List<UpstreamDialect> dialects(Endpoint endpoint) {
        var spoken = List.of(endpoint.spoken());
        if (!endpoint.isToBeKnown() || endpoint.baseUrl().isEmpty()) {
            return spoken;
        }
        var host = Address.of(endpoint.baseUrl()).host();
        return presets.stream()
                .filter(preset -> isAt(preset, host) && preset.dialects().containsAll(spoken))
                .findFirst()
                .map(Preset::dialects)
                .orElse(spoken);
    }

    /// A local model's own engine.
    Provider engine(String name, URI baseUrl, String key) {
        return new Provider(
                name,
                List.of(UpstreamDialect.LLAMA_CPP),
                Address.of(baseUrl.toString()),
                new KeyRing(List.of(new ApiKey(key))),
                List.of(),
                usual);
    }

    /// The well-known provider that a provider is, whatever it is called here: by its host, else by its name.
    String maker(Provider provider) {
        return presets.stream()
                .filter(preset ->
                        !preset.isLocal() && isAt(preset, provider.address().host()))
                .map(Preset::name)
                .findFirst()
                .orElse(provider.dialects().contains(UpstreamDialect.LLAMA_CPP) ? "llama-server" : provider.name());
    }

    private static boolean isAt(Preset preset, String host) {
        return preset.hosts().stream().anyMatch(known -> NamePattern.matches(known, host));
    }

    /// What the prompt cache of a provider is told.
    PromptCaching caching(Provider provider) {
        var known = byName.get(provider.name());
        return caching(provider, known == null ? TOLD : known.caching());
    }

    /// The same of an endpoint's.
    static PromptCaching caching(Provider provider, CachingEntry told) {
        var keys = told.promptCacheKey() && provider.dialects().stream().anyMatch(Way::isToldKeys)
                ? new TenantCacheKey(provider.keys().first().value())
                : null;
        return new PromptCaching(
                keys, told.marks() && provider.dialects().contains(UpstreamDialect.ANTHROPIC_MESSAGES));
    }

    private void add(Known known) {
        byName.put(known.provider().name(), known);
    }

    /// A preset whose key is there, in its own variable or where `pointsman.upstreams` has it.
    private Optional<Known> preset(Preset preset, FleetProperties upstreams, UnaryOperator<String> variable) {
        var address = address(preset, upstreams, variable);
        var key = key(preset, upstreams, variable);
        return preset.isLocal() || key.isEmpty() || address.isEmpty()
                ? Optional.empty()
                : Optional.of(new Known(
                        new Provider(
                                preset.name(),
                                preset.dialects(),
                                at(address, preset, Map.of()),
                                new KeyRing(List.of(key)),
                                preset.serves(),
                                usual),
                        TOLD));
    }

    private Known configured(
            String name, ProviderEntry entry, Optional<Preset> preset, UnaryOperator<String> variable) {
        var baseUrl = entry.baseUrl().isEmpty()
                ? preset.map(known -> filled(known.baseUrl(), variable)).orElse("")
                : entry.address();
        if (baseUrl.isEmpty()) {
            throw new StartRefused(
                    "pointsman.providers.%s: has no base-url, and is no well-known provider".formatted(name),
                    "Name its address, up to and with /v1.");
        }
        var dialects = entry.dialects().isEmpty()
                ? preset.map(Preset::dialects).orElse(List.of(UpstreamDialect.OPENAI_CHAT))
                : entry.dialects().stream().map(FleetProperties.Spoken::spoken).toList();
        var keys = entry.apiKeys().stream().filter(key -> !key.isEmpty()).toList();
        var ring = keys.isEmpty()
                ? preset.map(known -> List.of(key(known, variable))).orElse(List.of())
                : keys;
        var serves = entry.serves().isEmpty() ? preset.map(Preset::serves).orElse(List.of()) : entry.serves();
        var address = preset.map(known -> at(baseUrl, known, entry.headers()))
                .orElseGet(() -> new Address(baseUrl, "", entry.headers()));
        return new Known(
                new Provider(
                        name,
                        dialects,
                        address,
                        new KeyRing(ring),
                        serves,
                        entry.limits().over(usual)),
                entry.caching());
    }

    /// An endpoint at a well-known provider's own address makes that provider's other models callable, too.
    private void addThoseOf(Endpoint endpoint, List<Preset> presets, FleetProperties upstreams) {
        if (endpoint.baseUrl().isEmpty()) {
            return;
        }
        var address = Address.of(endpoint.baseUrl());
        presets.stream()
                .filter(preset -> isAt(preset, address.host())
                        || address(preset, upstreams, _ -> "").equals(endpoint.baseUrl()))
                .findFirst()
                .filter(preset -> !byName.containsKey(preset.name()))
                .ifPresent(preset -> add(new Known(
                        new Provider(
                                preset.name(),
                                dialects(endpoint),
                                address,
                                new KeyRing(List.of(endpoint.apiKey())),
                                preset.serves(),
                                usual),
                        new CachingEntry(endpoint.promptCacheKey(), endpoint.cacheMarks()))));
    }

    /// The key stands in the header that the dialect has, unless the provider wants another.
    private static Address at(String baseUrl, Preset preset, Map<String, String> headers) {
        var isUsual = preset.dialects().stream()
                .anyMatch(dialect ->
                        dialect.headers("key").keySet().stream().anyMatch(preset.keyHeader()::equalsIgnoreCase));
        return new Address(baseUrl, isUsual ? "" : preset.keyHeader(), headers);
    }

    /// OpenAI and Anthropic have had their address and key under `pointsman.upstreams` from the beginning.
    private static String address(Preset preset, FleetProperties upstreams, UnaryOperator<String> variable) {
        return switch (preset.name()) {
            case "openai" -> upstreams.openai().baseUrl();
            case "anthropic" -> upstreams.anthropic().baseUrl();
            default -> filled(preset.baseUrl(), variable);
        };
    }

    private static ApiKey key(Preset preset, FleetProperties upstreams, UnaryOperator<String> variable) {
        return switch (preset.name()) {
            case "openai" -> upstreams.openai().apiKey();
            case "anthropic" -> upstreams.anthropic().apiKey();
            default -> key(preset, variable);
        };
    }

    private static ApiKey key(Preset preset, UnaryOperator<String> variable) {
        return new ApiKey(
                preset.variables().isEmpty()
                        ? ""
                        : variable.apply(preset.variables().getFirst()));
    }

    /// An address with the environment's variables in it; empty if one of them is.
    private static String filled(String baseUrl, UnaryOperator<String> variable) {
        var isWhole = VARIABLE.matcher(baseUrl)
                .results()
                .noneMatch(found -> variable.apply(found.group(1)).isEmpty());
        return isWhole
                ? VARIABLE.matcher(baseUrl)
                        .replaceAll(found -> Matcher.quoteReplacement(variable.apply(found.group(1))))
                : "";
    }

    private static List<Preset> packaged() {
        try {
            return Presets.packaged();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
