package pointsman.score;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes the room's beans.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouterProperties.class)
class RouterConfiguration {
    @Bean
    Calibrations calibrations(RouterProperties properties) {
        return Calibrations.read(properties.calibrations());
    }

    @Bean
    RungNames rungNames(RouterProperties properties) {
        return RungNames.of(properties);
    }

    @Bean
    PromptScorer promptScorer(
            RouterProperties properties, Calibrations calibrations, Ladders ladders, MeterRegistry registry) {
        return new PromptScorer(
                LoadedRouter.load(properties, calibrations, ladders), properties, new ScoreMeters(registry));
    }
}
