package pointsman.fleet.local;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.Console;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Puts the room together.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({LocalProperties.class, EngineProperties.class})
class LocalConfiguration {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    @Bean
    LocalModels localModels(LocalProperties properties, EngineProperties engines, MeterRegistry meters) {
        return localModels(properties, engines, meters, System.err);
    }

    static LocalModels localModels(
            LocalProperties properties, EngineProperties engines, MeterRegistry meters, PrintStream out) {
        var store = fileStore(properties, out);
        var locator = new EngineLocator(properties, store);
        return new LocalModels(properties, engines, store, locator::locate, probeClient(), meters);
    }

    static ModelFiles fileStore(LocalProperties properties, PrintStream out) {
        var terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        var download = new Download(webClient(), properties.downloads(), out, terminal);
        return new ModelFiles(new SourceReader(download, new Pip(properties.python()), out), out);
    }

    /// Follows redirects, as hubs of models answer with them, but never from https to http.
    private static HttpClient webClient() {
        return HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /// Talks to engines on this machine and to nobody else.
    static HttpClient probeClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
