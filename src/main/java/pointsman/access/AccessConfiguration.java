package pointsman.access;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.failure.StartRefused;
import pointsman.fleet.UsedModels;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({AccessProperties.class, TenantRouting.class, RoutesProperties.class})
class AccessConfiguration {
    @Bean
    Tenants tenants(AccessProperties properties, TenantRouting routing, Policies policies, ServerProperties server) {
        var tenants = new Tenants(properties, routing, policies);
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
    UsedModels usedModels(RoutesProperties routes) {
        return routes.used();
    }
}
