package pointsman.fleet.catalogue;

import java.net.URI;
import java.time.YearMonth;
import java.util.List;
import pointsman.dialect.UpstreamDialect;

/// What there is to know of a provider before anybody configures it.
///
/// @param name under which it is configured
/// @param baseUrl of its API. `${...}` in it is a variable of the environment; `{model}`, the place of the
///     model's name, of an API whose models are paths
/// @param dialects that are spoken there, the preferred one first
/// @param variables of the environment that it needs, the one with the key first; none: it needs no key
/// @param keyHeader the header that holds the key; empty where there is none
/// @param serves patterns of the names of models that are its own, which it serves under these names
/// @param hosts where it is reached, too; `*` stands for anything
/// @param source where this was read, an address
/// @param month when it was
public record Preset(
        String name,
        String baseUrl,
        List<UpstreamDialect> dialects,
        List<String> variables,
        String keyHeader,
        List<String> serves,
        List<String> hosts,
        String source,
        YearMonth month) {
    private static final String LOOPBACK = "http://127.0.0.1:";

    public Preset {
        dialects = List.copyOf(dialects);
        variables = List.copyOf(variables);
        serves = List.copyOf(serves);
        hosts = List.copyOf(hosts);
    }

    /// Whether it is a program that people run on their own machine.
    public boolean isLocal() {
        return baseUrl.startsWith(LOOPBACK);
    }

    /// The port that such a program usually has.
    int port() {
        return URI.create(baseUrl).getPort();
    }
}
