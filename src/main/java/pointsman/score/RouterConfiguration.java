package pointsman.score;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Makes the room's one bean.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RouterProperties.class)
class RouterConfiguration {
    @Bean
    PromptScorer promptScorer(RouterProperties properties, MeterRegistry registry) {
        return new PromptScorer(LoadedRouter.load(properties), properties, new ScoreMeters(registry));
    }
}
