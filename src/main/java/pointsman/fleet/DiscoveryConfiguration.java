package pointsman.fleet;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import pointsman.fleet.catalogue.DiscoveryProperties;
import pointsman.fleet.catalogue.LocalServers;

/// Tells, once the gateway answers, which servers of models are on this machine that it does not use.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DiscoveryProperties.class)
class DiscoveryConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger("pointsman");

    @Bean
    ApplicationListener<ApplicationReadyEvent> discovery(DiscoveryProperties properties, Models models)
            throws IOException {
        var servers = LocalServers.on(properties);
        return event -> {
            if (properties.enabled()) {
                var known = known(models, event.getApplicationContext().getEnvironment());
                Thread.ofVirtual().name("discovery").start(() -> tell(servers, known));
            }
        };
    }

    private static void tell(LocalServers servers, Set<Integer> known) {
        try {
            servers.lines(known).forEach(LOG::info);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Our own ports, and those of the models that are in use on this machine.
    private static Set<Integer> known(Models models, Environment environment) {
        var own = Stream.of("local.server.port", "local.management.port")
                .map(property -> environment.getProperty(property, Integer.class))
                .filter(Objects::nonNull);
        var used = models.all().stream()
                .flatMap(model -> model.deployments().stream())
                .filter(Deployment::staysHere)
                .map(each -> URI.create(each.provider().address().baseUrl()).getPort());
        return Stream.concat(own, used).collect(Collectors.toSet());
    }
}
