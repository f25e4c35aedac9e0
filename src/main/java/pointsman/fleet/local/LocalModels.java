package pointsman.fleet.local;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// The local models of this gateway. A model costs nothing until it is started.
public final class LocalModels implements AutoCloseable {
    private static final int KEY_BYTES = 16;

    private final LocalProperties properties;
    private final EngineProperties engines;
    private final ModelFiles store;
    private final Supplier<Engine> locator;
    private final HttpClient client;
    private final MeterRegistry meters;
    private final Map<String, LocalModel> started = new LinkedHashMap<>();

    LocalModels(
            LocalProperties properties,
            EngineProperties engines,
            ModelFiles store,
            Supplier<Engine> locator,
            HttpClient client,
            MeterRegistry meters) {
        this.properties = properties;
        this.engines = engines;
        this.store = store;
        this.locator = locator;
        this.client = client;
        this.meters = meters;
    }

    /// Fetches what the model needs unless it is there, launches its engine, and returns without waiting
    /// until that is ready: [LocalModel#up] tells. A model that was started before is returned as it is.
    ///
    /// @throws LocalModelException where it is not configured, or cannot be fetched
    public synchronized LocalModel start(String name) {
        var known = started.get(name);
        if (known != null) {
            return known;
        }
        var model = launch(name, configured(name));
        started.put(name, model);
        return model;
    }

    /// Fetches what the model needs unless it is there, and starts nothing.
    ///
    /// @throws LocalModelException where it is not configured, or cannot be fetched
    public void fetch(String name) {
        var model = configured(name);
        var _ = locator.get();
        weights(name, model);
    }

    /// Stops all engines.
    @Override
    public synchronized void close() {
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            started.values().forEach(model -> each.execute(model.supervisor()::close));
        }
        client.close();
    }

    private LocalProperties.Model configured(String name) {
        var model = properties.models().get(name);
        if (model == null) {
            throw new LocalModelException("no local model is named %s; pointsman.local.models names %s"
                    .formatted(name, String.join(", ", properties.models().keySet())));
        }
        return model;
    }

    private LocalModel launch(String name, LocalProperties.Model model) {
        var engine = locator.get();
        var settings = settings(name, model, weights(name, model));
        var probe = new EngineProbe(
                client,
                settings.port(),
                settings.apiKey(),
                properties.supervision().probeTimeout());
        var supervisor = new Supervisor(engine, settings, probe, properties.supervision());
        EngineMeters.register(meters, name, supervisor);
        supervisor.start();
        return new LocalModel(settings, supervisor, model.requestDefaults());
    }

    private Path weights(String name, LocalProperties.Model model) {
        var target = properties.cacheDirectory().resolve(model.file());
        return store.fetch(new ModelFiles.Wanted(
                "local model " + name,
                target,
                model.sha256().isEmpty() ? List.of() : List.of(model.sha256()),
                model.sources().stream().map(Source::parse).toList(),
                model.licence().notice(),
                ("Put the file at %s, name another source in pointsman.local.models.%s.sources, or set SMALL_BASE_URL "
                                + "and LARGE_BASE_URL to servers that already run.")
                        .formatted(target, name)));
    }

    private Engine.Settings settings(String name, LocalProperties.Model model, Path weights) {
        var run = engines.of(name);
        try {
            return new Engine.Settings(
                    name,
                    weights.toAbsolutePath(),
                    freePort(),
                    newKey(),
                    model.chatTemplate().isEmpty() ? "" : Resources.textAt(model.chatTemplate()),
                    run.contextTokens(),
                    run.slots(),
                    run.usedThreads(),
                    run.embeddings());
        } catch (IOException e) {
            throw new LocalModelException("local model %s: %s".formatted(name, e), e);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String newKey() {
        var key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return HexFormat.of().formatHex(key);
    }
}
