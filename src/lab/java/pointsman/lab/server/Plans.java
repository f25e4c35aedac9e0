package pointsman.lab.server;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import pointsman.PointsmanApplication;

/// The two servers as command lines, alike in everything that can be alike.
final class Plans {
    private Plans() {}

    static Server.Plan pointsman(int provider, List<String> jvm, List<String> properties)
            throws IOException, InterruptedException {
        var data = Files.createTempDirectory(Files.createDirectories(Checkout.path("target/lab")), "data-");
        var base = "http://127.0.0.1:" + provider + "/v1";
        var arguments = new ArrayList<String>(jvm);
        arguments.addAll(List.of(
                "-cp",
                home(PointsmanApplication.class) + ":" + Libraries.of(Checkout.path("pom.xml")),
                PointsmanApplication.class.getName(),
                "serve",
                "--server.port=%d",
                "--management.server.port=0",
                "--pointsman.batch.data-directory=" + data,
                "--pointsman.discovery.enabled=false",
                "--pointsman.upstreams.small.base-url=" + base,
                "--pointsman.upstreams.small.model=m-1",
                "--pointsman.upstreams.large.base-url=" + base,
                "--pointsman.upstreams.large.model=m-2"));
        properties.forEach(property -> arguments.add("--" + property));
        return new Server.Plan("Pointsman", arguments);
    }

    static Server.Plan springCloudGateway(int provider, List<String> jvm) throws IOException, InterruptedException {
        var arguments = new ArrayList<String>(jvm);
        var route = "--spring.cloud.gateway.server.webflux.routes[0].";
        arguments.addAll(List.of(
                "-cp",
                home(BareGateway.class) + ":" + Libraries.of(Checkout.path("src/lab/bare-gateway/pom.xml")),
                BareGateway.class.getName(),
                "--spring.config.location=optional:classpath:/none/", // not the application.yml of this directory
                "--server.address=127.0.0.1",
                "--server.port=%d",
                "--logging.level.root=warn",
                "--spring.main.banner-mode=off",
                "--spring.cloud.compatibility-verifier.enabled=false",
                route + "id=provider",
                route + "uri=http://127.0.0.1:" + provider,
                route + "predicates[0]=Path=/v1/**"));
        return new Server.Plan("Spring Cloud Gateway", arguments);
    }

    private static Path home(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
