package pointsman.http;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.access.AccessProperties;
import pointsman.access.Tenants;
import reactor.core.publisher.Hooks;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
class HttpConfiguration {
    @Bean
    TenantFilter tenantFilter(
            Tenants tenants,
            AccessProperties properties,
            ManagementServerProperties management,
            ObjectProvider<PathMappedEndpoints> endpoints) {
        var pages = new PageGuard(properties.hosts(), properties.origins());
        var address = management.getAddress();
        var isLoopback = address != null && address.isLoopbackAddress();
        return new TenantFilter(
                tenants,
                pages,
                bodyBudget(properties),
                new ManagementDoor(endpoints, isLoopback ? Optional.of(pages) : Optional.empty()));
    }

    private static BodyBudget bodyBudget(AccessProperties properties) {
        var bodies = properties.bodies();
        var memory = Runtime.getRuntime().maxMemory() / 100 * bodies.memoryPercent();
        var share = properties.tenants().size() > 1 ? bodies.tenantPercent() : 100;
        return new BodyBudget(memory, share);
    }

    @Bean
    BodyReader bodyReader() {
        return new BodyReader();
    }

    @Bean
    ConnectionLimits connectionLimits(AccessProperties properties) {
        return new ConnectionLimits(properties.connections());
    }

    @Bean
    ProtocolErrors protocolErrors() {
        return new ProtocolErrors();
    }

    @Bean
    FailureHandler failureHandler() {
        Hooks.onErrorDropped(FailureHandler::dropped);
        return new FailureHandler();
    }
}
