package pointsman.fleet.catalogue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Looks for servers of models on this machine. They are asked what they are, and nothing else: no prompt
/// is sent, and none of them is used because it was found.
public final class LocalServers {
    private final List<Integer> ports;

    private LocalServers(List<Integer> ports) {
        this.ports = ports;
    }

    /// Those on the usual ports, or on the ones that are configured.
    public static LocalServers on(DiscoveryProperties properties) throws IOException {
        var presets = Presets.packaged().stream().filter(Preset::isLocal).toList();
        var programs = presets.stream().map(Preset::name).toList();
        for (var name : properties.ports().keySet()) {
            if (!programs.contains(name)) {
                throw new IllegalArgumentException(
                        "pointsman.discovery.ports.%s: there is no such program, only %s".formatted(name, programs));
            }
        }
        return new LocalServers(presets.stream()
                .map(preset -> properties.ports().getOrDefault(preset.name(), preset.port()))
                .distinct()
                .toList());
    }

    /// A line for each that answers. All ports are asked at once; a few seconds is the longest that it takes.
    ///
    /// @param known ports that are not asked: our own, and those of models that are in use
    public List<String> lines(Set<Integer> known) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = ports.stream()
                    .filter(port -> !known.contains(port))
                    .map(port -> (Callable<Optional<LocalServer>>) () -> LocalPort.ask(port))
                    .toList();
            return threads.invokeAll(asked).stream()
                    .filter(answer -> answer.state() == Future.State.SUCCESS)
                    .flatMap(answer -> answer.resultNow().stream())
                    .map(LocalServer::line)
                    .toList();
        }
    }
}
