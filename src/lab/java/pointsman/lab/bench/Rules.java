package pointsman.lab.bench;

import java.io.IOException;
import java.util.stream.Collectors;
import pointsman.cache.ProviderCache;

/// The rules of the packaged `cache-rules.csv`, by their names.
final class Rules {
    private Rules() {}

    static ProviderCache named(String name) throws IOException {
        var all = ProviderCache.packaged();
        return all.stream()
                .filter(rule -> rule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule '%s' among %s"
                        .formatted(name, all.stream().map(ProviderCache::name).collect(Collectors.joining(", ")))));
    }
}
