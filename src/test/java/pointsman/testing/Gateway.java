package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import pointsman.PointsmanApplication;

/// The whole gateway on loopback ports of its own, before two fake providers: `small` with the model `tiny-1`
/// and `large` with the model `huge-1`. A [SharedGateway] serves many classes of tests; one that a class
/// starts for itself, by [#with], is closed by `@AutoClose`.
///
/// Properties may name two further addresses: `${fake.embeddings}` is a provider like the others, and at
/// `${fake.nobody}` every connection is refused.
public final class Gateway implements AutoCloseable {
    /// The keys that the gateway shows its providers.
    public static final String SMALL_KEY = "sk-of-the-small-upstream", LARGE_KEY = "sk-of-the-large-upstream";

    private static final String DISCOVERY = "pointsman.discovery.enabled=";
    private static final Socket NOBODY = bound();
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final FakeUpstream small;
    private final FakeUpstream large;
    private final FakeUpstream embeddings;
    private final ConfigurableApplicationContext context;
    private volatile boolean isShared;

    private Gateway(
            FakeUpstream small, FakeUpstream large, FakeUpstream embeddings, ConfigurableApplicationContext context) {
        this.small = small;
        this.large = large;
        this.embeddings = embeddings;
        this.context = context;
    }

    /// Starts it with `properties` such as `pointsman.tier.threshold=0`, which win over the defaults.
    public static Gateway with(String... properties) {
        var small = FakeUpstream.start();
        var large = FakeUpstream.start();
        var embeddings = FakeUpstream.start();
        var all = Stream.of(
                        Stream.of(
                                "server.port=0",
                                "management.server.port=0",
                                "fake.embeddings=" + embeddings.baseUrl(),
                                "fake.nobody=http://127.0.0.1:" + NOBODY.getLocalPort() + "/v1",
                                "pointsman.batch.data-directory=" + ownDirectory()),
                        upstream("small", small.baseUrl(), "tiny-1", SMALL_KEY, 1),
                        upstream("large", large.baseUrl(), "huge-1", LARGE_KEY, 10),
                        Arrays.stream(properties))
                .flatMap(some -> some)
                .collect(Collectors.toMap(
                        property -> property.substring(0, property.indexOf('=')),
                        property -> property,
                        (_, later) -> later));
        return new Gateway(small, large, embeddings, run(List.copyOf(all.values())));
    }

    /// [SharedGateway#PLAIN]: for all tests that need nothing special of it.
    public static Gateway shared() {
        return SharedGateway.PLAIN.get();
    }

    /// [SharedGateway#MIXED].
    public static Gateway mixed() {
        return SharedGateway.MIXED.get();
    }

    /// [SharedGateway#HURRIED].
    public static Gateway hurried() {
        return SharedGateway.HURRIED.get();
    }

    /// Starts the application with exactly `properties`. It looks for no servers on this machine, unless
    /// they say so.
    public static ConfigurableApplicationContext run(List<String> properties) {
        var application = new SpringApplication(PointsmanApplication.class);
        application.setRegisterShutdownHook(false);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(ReactorResourceFactory.class, Gateway::eventLoopsOfItsOwn));
        var discovery = properties.stream().anyMatch(property -> property.startsWith(DISCOVERY))
                ? Stream.<String>empty()
                : Stream.of(DISCOVERY + "false");
        var context = application.run(Stream.concat(discovery, properties.stream())
                .map(property -> "--" + property)
                .toArray(String[]::new));
        STARTED.incrementAndGet();
        return context;
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

    /// Its providers are as they were at the start: nothing is recorded, and no test has told them anything.
    void renew() {
        small.renew();
        large.renew();
        embeddings.renew();
    }

    /// How many were started in this JVM.
    static int started() {
        return STARTED.get();
    }

    /// @throws IllegalStateException if it is a shared one: others use it, too
    @Override
    public void close() throws IOException {
        if (isShared) {
            throw new IllegalStateException("A shared gateway is closed when all tests have run.");
        }
        end();
    }

    /// From now on only [#end] closes it.
    Gateway sharing() {
        isShared = true;
        return this;
    }

    void end() throws IOException {
        context.close();
        small.close();
        large.close();
        embeddings.close();
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

    /// A port that is taken, so that nobody else listens there, and where nobody listens.
    private static Socket bound() {
        try {
            var socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
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
}
