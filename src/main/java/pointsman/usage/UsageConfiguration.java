package pointsman.usage;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The beans of this room.
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {
    @Bean
    Ledger ledger(MeterRegistry registry) {
        return new Ledger(new Meters(registry));
    }
}
