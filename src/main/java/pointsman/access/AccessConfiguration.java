package pointsman.access;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementServerProperties;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.failure.StartRefused;
import pointsman.http.BodyBudget;
import pointsman.http.BodyReader;
import pointsman.http.ConnectionLimits;
import pointsman.http.ManagementDoor;
import pointsman.http.PageGuard;
import pointsman.http.TenantFilter;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AccessProperties.class)
class AccessConfiguration {
    @Bean
    Tenants tenants(AccessProperties properties, TierPolicy standard, Policies policies, ServerProperties server) {
        var tenants = new Tenants(properties, standard, policies);
        var address = server.getAddress();
        if (tenants.isOpen() && (address == null || !address.isLoopbackAddress())) {
            throw new StartRefused(
                    "server.address is %s, and no tenant is configured: everybody who reaches that address could spend your money."
                            .formatted(address == null ? "unset (every interface)" : address.getHostAddress()),
                    "Configure tenants under pointsman.access.tenants (make keys with `pointsman.jar key`), or listen on 127.0.0.1.");
        }
        return tenants;
    }

    @Bean
    TenantFilter tenantFilter(
            Tenants tenants,
            AccessProperties properties,
            ManagementServerProperties management,
            ObjectProvider<PathMappedEndpoints> endpoints) {
        var bodies = properties.bodies();
        var memory = Runtime.getRuntime().maxMemory() / 100 * bodies.memoryPercent();
        var share = properties.tenants().size() > 1 ? bodies.tenantPercent() : 100;
        var pages = new PageGuard(properties.hosts(), properties.origins());
        var address = management.getAddress();
        var isLoopback = address != null && address.isLoopbackAddress();
        return new TenantFilter(
                tenants,
                pages,
                new BodyBudget(memory, share),
                new ManagementDoor(endpoints, isLoopback ? Optional.of(pages) : Optional.empty()));
    }

    @Bean
    BodyReader bodyReader() {
        return new BodyReader();
    }

    @Bean
    ConnectionLimits connectionLimits(AccessProperties properties) {
        return new ConnectionLimits(properties.connections());
    }
}
