package pointsman.surface;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import pointsman.access.AccessProperties;
import pointsman.chat.GracefulStop;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Models;
import pointsman.http.BodyReader;
import pointsman.http.Methods;
import pointsman.route.ModelNames;
import pointsman.route.Router;
import pointsman.usage.Ledger;

/// The beans of this room, and its routes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SurfaceProperties.class)
class SurfaceConfiguration {
    @Bean
    SurfaceGateway surfaceGateway(
            Router router,
            Models models,
            Dispatcher dispatcher,
            Ledger ledger,
            GracefulStop stop,
            SurfaceProperties properties) {
        return new SurfaceGateway(router, models, dispatcher, ledger, stop, properties.totalTimeout());
    }

    @Bean
    HandlerMapping surfaceRoutes(
            SurfaceProperties properties,
            AccessProperties access,
            BodyReader bodies,
            SurfaceGateway gateway,
            ModelNames names) {
        var limits = new BodyReader.Limits(
                properties.maxBody().toBytes(), access.bodies().maxNodes(), properties.bodyTimeout());
        var shared = new SurfaceEndpoint.Shared(bodies, limits, gateway, new SurfaceWriter(names));
        var routes = Arrays.stream(Surface.values())
                .collect(Collectors.toMap(
                        surface -> "/v1" + surface.path(),
                        surface -> Methods.only(HttpMethod.POST, new SurfaceEndpoint(surface, shared))));
        return new SimpleUrlHandlerMapping(routes, -1);
    }
}
