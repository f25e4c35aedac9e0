package pointsman.fleet;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pointsman.dialect.Dialect;
import pointsman.dialect.UpstreamDialect;
import pointsman.fleet.catalogue.NamePattern;

/// Somebody who serves models: where, in which dialects, for which keys, and within which limits.
///
/// @param name in failures, logs and meters
/// @param dialects that are spoken there, the preferred one first
/// @param address where it is
/// @param keys that it takes
/// @param serves patterns of the names of models that it serves as they are, such as `gpt-*`
/// @param limits of the road to it
public record Provider(
        String name,
        List<UpstreamDialect> dialects,
        Address address,
        KeyRing keys,
        List<String> serves,
        Limits limits) {
    public Provider {
        dialects = List.copyOf(dialects);
        serves = List.copyOf(serves);
    }

    /// How much it is asked at once, and how long it may take.
    ///
    /// @param maxConcurrent calls in flight
    /// @param timeouts of one call
    public record Limits(int maxConcurrent, TimeoutProperties timeouts) {}

    /// Whether it serves every model of this name, by this name.
    public boolean serves(String model) {
        return serves.stream().anyMatch(pattern -> NamePattern.matches(pattern, model));
    }

    /// The first dialect of this format that it speaks.
    Optional<UpstreamDialect> spoken(Dialect format) {
        return dialects.stream().filter(each -> each.format() == format).findFirst();
    }

    /// The dialects in the order in which they are tried for a client: its own first, whose bytes
    /// pass as they are.
    List<UpstreamDialect> dialectsFor(Dialect client) {
        return spoken(client)
                .filter(each -> each != dialects.getFirst())
                .map(first -> Stream.concat(Stream.of(first), dialects.stream().filter(each -> each != first))
                        .toList())
                .orElse(dialects);
    }
}
