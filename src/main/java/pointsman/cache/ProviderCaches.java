package pointsman.cache;

import java.util.List;

/// Which cache rule an upstream follows: by its host, or by being a local model. Of a server that nobody
/// knows no saving is promised.
public final class ProviderCaches {
    private static final String LOCAL = "llama.cpp";
    private static final String UNKNOWN = "none";

    private final List<ProviderCache> known;

    public ProviderCaches(List<ProviderCache> known) {
        this.known = List.copyOf(known);
        named(LOCAL);
        named(UNKNOWN);
    }

    /// The rule that a model follows.
    ///
    /// @param host where it is reached
    /// @param isLocal whether this gateway runs it
    /// @param configured the name of a rule; `auto` to go by the host
    public ProviderCache of(String host, boolean isLocal, String configured) {
        if (!configured.equals("auto")) {
            return named(configured);
        }
        return known.stream()
                .filter(rule -> rule.hosts().contains(host))
                .findFirst()
                .orElseGet(() -> named(isLocal ? LOCAL : UNKNOWN));
    }

    private ProviderCache named(String name) {
        return known.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("pointsman.batch.providers: there is no cache rule '%s', only %s"
                                .formatted(
                                        name,
                                        known.stream().map(ProviderCache::name).toList())));
    }
}
