package pointsman.command;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import pointsman.access.Policies;
import pointsman.access.TierPolicy;
import pointsman.access.TierProperties;
import pointsman.route.Routes;
import pointsman.score.Calibrations;
import pointsman.score.PromptScorer;

/// What the rooms share, and the lines that tell an operator what is running.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TierProperties.class)
class ServeConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger("pointsman");

    @Bean
    static UnknownProperties unknownProperties(ConfigurableEnvironment environment) {
        return new UnknownProperties(environment);
    }

    @Bean
    Policies policies(TierProperties properties, Calibrations calibrations) {
        return properties.policies(calibrations);
    }

    @Bean
    TierPolicy standardPolicy(TierProperties properties, Policies policies) {
        return properties.policy(policies);
    }

    @Bean
    AsyncLog asyncLog() {
        return new AsyncLog();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startLines(Routes routes, PromptScorer scorer) {
        return event -> {
            var environment = event.getApplicationContext().getEnvironment();
            routes.auto().rungs().forEach(rung -> LOG.info("{} {}", padded(rung.name()), rung.description()));
            LOG.info("router  {}", scorer.description());
            LOG.info(
                    "Pointsman {} listens on http://{}:{}/v1 (metrics: http://{}:{}/actuator/prometheus)",
                    Version.text(),
                    environment.getProperty("server.address"),
                    environment.getProperty("local.server.port"),
                    environment.getProperty("management.server.address"),
                    environment.getProperty("local.management.port"));
        };
    }

    private static String padded(String name) {
        return name + " ".repeat(Math.max(0, "router ".length() - name.length()));
    }
}
