package pointsman.fleet;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import pointsman.fleet.local.LocalModels;

/// The beans of this room. A model without an address is a local one, which is fetched and started here.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    FleetProperties.class,
    ModelsProperties.class,
    CallProperties.class,
    TimeoutProperties.class
})
class FleetConfiguration {
    @Bean
    Providers providers(
            FleetProperties upstreams,
            ModelsProperties properties,
            CallProperties calls,
            TimeoutProperties timeouts,
            Environment environment) {
        return Providers.of(upstreams, properties, new Provider.Limits(calls.maxConcurrent(), timeouts), environment);
    }

    @Bean
    Models models(
            FleetProperties upstreams,
            ModelsProperties properties,
            Providers providers,
            LocalModels localModels,
            UsedModels used) {
        return new ModelAssembly(providers, localModels, properties.fleet()).models(upstreams, properties, used);
    }

    @Bean
    Dispatcher dispatcher(Models models, CallProperties properties, MeterRegistry meters) {
        return new Dispatcher(models, properties, meters);
    }
}
