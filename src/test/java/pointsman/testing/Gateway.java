package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import pointsman.PointsmanApplication;

/// The whole gateway on loopback ports of its own, before two fake providers: `small` with the model `tiny-1`
/// and `large` with the model `huge-1`. It starts once for a class of tests and is closed by `@AutoClose`.
public final class Gateway implements AutoCloseable {
    /// The keys that the gateway shows its providers.
    public static final String SMALL_KEY = "sk-of-the-small-upstream", LARGE_KEY = "sk-of-the-large-upstream";

    private static final String DISCOVERY = "pointsman.discovery.enabled=";

    private final FakeUpstream small;
    private final FakeUpstream large;
    private final ConfigurableApplicationContext context;

    private Gateway(FakeUpstream small, FakeUpstream large, ConfigurableApplicationContext context) {
        this.small = small;
        this.large = large;
        this.context = context;
    }

    /// Starts it with `properties` such as `pointsman.tier.threshold=0`, which win over the defaults.
    public static Gateway with(String... properties) {
        var small = FakeUpstream.start();
        var large = FakeUpstream.start();
        var all = Stream.of(
                        Stream.of(
                                "server.port=0",
                                "management.server.port=0",
                                "pointsman.batch.data-directory=" + ownDirectory()),
                        upstream("small", small.baseUrl(), "tiny-1", SMALL_KEY, 1),
                        upstream("large", large.baseUrl(), "huge-1", LARGE_KEY, 10),
                        Arrays.stream(properties))
                .flatMap(some -> some)
                .collect(Collectors.toMap(
                        property -> property.substring(0, property.indexOf('=')),
                        property -> property,
                        (_, later) -> later));
        return new Gateway(small, large, run(List.copyOf(all.values())));
    }

    /// The one gateway that all tests share which need nothing special of it; it ends with the JVM. One attempt,
    /// a small model that hears but does not see, and the aliases `gpt-4o` (auto), `cheap` (small) and `best`
    /// (`huge-1`).
    public static Gateway shared() {
        return Shared.GATEWAY;
    }

    /// The same for upstreams of two dialects: `small` speaks OpenAI's, `large` Anthropic's, and `small`'s provider
    /// also makes embeddings. A breaker that never opens.
    public static Gateway mixed() {
        return Mixed.GATEWAY;
    }

    /// The same, which waits for no upstream longer than two seconds.
    public static Gateway hurried() {
        return Hurried.GATEWAY;
    }

    /// Starts the application with exactly `properties`. It looks for no servers on this machine, unless they say so.
    public static ConfigurableApplicationContext run(List<String> properties) {
        var application = new SpringApplication(PointsmanApplication.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(ReactorResourceFactory.class, Gateway::eventLoopsOfItsOwn));
        var discovery = properties.stream().anyMatch(property -> property.startsWith(DISCOVERY))
                ? Stream.<String>empty()
                : Stream.of(DISCOVERY + "false");
        return application.run(Stream.concat(discovery, properties.stream())
                .map(property -> "--" + property)
                .toArray(String[]::new));
    }

    /// The whole application.
    public ConfigurableApplicationContext context() {
        return context;
    }

    public FakeUpstream small() {
        return small;
    }

    public FakeUpstream large() {
        return large;
    }

    /// The provider behind the tier `name`.
    public FakeUpstream upstream(String name) {
        return name.equals("small") ? small : large;
    }

    public int port() {
        return port("local.server.port");
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public URI management(String path) {
        return URI.create("http://127.0.0.1:" + port("local.management.port") + path);
    }

    public Client client() {
        return new Client(this);
    }

    /// Forgets what the providers recorded.
    public void forget() {
        small.forget();
        large.forget();
    }

    @Override
    public void close() throws IOException {
        context.close();
        small.close();
        large.close();
    }

    /// Several gateways live in one test JVM: the first to close must not take the event loops of the others
    /// with it.
    private static ReactorResourceFactory eventLoopsOfItsOwn() {
        var factory = new ReactorResourceFactory();
        factory.setUseGlobalResources(false);
        factory.setShutdownQuietPeriod(Duration.ZERO);
        return factory;
    }

    /// Jobs of one gateway are none of another's.
    private static Path ownDirectory() {
        try {
            var parent = Files.createDirectories(Path.of("target", "jobs"));
            return Files.createTempDirectory(parent, "gateway-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Gateway untilTheEnd(Gateway gateway) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                gateway.close();
            } catch (IOException _) {
                // The JVM ends, and its sockets with it.
            }
        }));
        return gateway;
    }

    private int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, Integer.class);
    }

    private static Stream<String> upstream(String name, String baseUrl, String model, String key, int dollars) {
        var prefix = "pointsman.upstreams." + name;
        return Stream.of(
                prefix + ".base-url=" + baseUrl,
                prefix + ".model=" + model,
                prefix + ".api-key=" + key,
                prefix + ".prompt-cache-key=false",
                prefix + ".price.input=" + dollars,
                prefix + ".price.cached-input=" + dollars / 2.0,
                prefix + ".price.cache-write=" + dollars,
                prefix + ".price.output=" + 2 * dollars);
    }

    private static Gateway ofTwoDialects(String... further) {
        var embeddings = FakeUpstream.start();
        var all = Stream.concat(
                Stream.of(
                        "pointsman.upstreams.large.dialect=anthropic",
                        "pointsman.upstreams.embeddings.base-url=" + embeddings.baseUrl(),
                        "pointsman.upstreams.embeddings.model=vectors-1",
                        "pointsman.upstreams.embeddings.price.input=1",
                        "pointsman.upstreams.attempts=1",
                        "pointsman.upstreams.max-answer=4MB",
                        "pointsman.upstreams.breaker.window=1000",
                        "pointsman.upstreams.breaker.failure-rate=100"),
                Arrays.stream(further));
        return untilTheEnd(with(all.toArray(String[]::new)));
    }

    private static final class Mixed {
        static final Gateway GATEWAY = ofTwoDialects();
    }

    private static final class Hurried {
        static final Gateway GATEWAY = ofTwoDialects(
                "pointsman.upstreams.connect-timeout=1s",
                "pointsman.upstreams.first-byte-timeout=2s",
                "pointsman.upstreams.answer-timeout=2s",
                "pointsman.upstreams.gap-timeout=2s",
                "pointsman.chat.total-timeout=8s");
    }

    private static final class Shared {
        static final Gateway GATEWAY = untilTheEnd(with(
                "pointsman.upstreams.attempts=1",
                "pointsman.upstreams.breaker.window=10000",
                "pointsman.upstreams.small.reads=audio",
                "pointsman.tier.aliases.gpt-4o=auto",
                "pointsman.tier.aliases.cheap=small",
                "pointsman.tier.aliases.best=huge-1"));
    }
}
