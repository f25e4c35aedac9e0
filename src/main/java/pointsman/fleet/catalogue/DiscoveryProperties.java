package pointsman.fleet.catalogue;

import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// `pointsman.discovery`: whether the start looks for servers of models on this machine, and on which ports.
///
/// @param ports of programs that are not on their usual one, by their name in `providers.csv`, such as
///     `lm-studio`
@ConfigurationProperties("pointsman.discovery")
public record DiscoveryProperties(
        boolean enabled, @DefaultValue Map<String, Integer> ports) {
    private static final int HIGHEST = 65_535;

    public DiscoveryProperties {
        ports = Map.copyOf(ports);
        ports.forEach((name, port) -> {
            if (port < 1 || port > HIGHEST) {
                throw new IllegalArgumentException("ports.%s: must be 1 to %d, was %d".formatted(name, HIGHEST, port));
            }
        });
    }
}
