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
import pointsman.access.Tenants;
import pointsman.access.TierPolicy;
import pointsman.access.TierProperties;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.route.ModelNames;
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
    ModelNames modelNames(Models upstreams, TierProperties properties, Tenants tenants) {
        return new ModelNames(upstreams, properties.aliases(), tenants.isOpen());
    }

    @Bean
    AsyncLog asyncLog() {
        return new AsyncLog();
    }

    @Bean
    ApplicationListener<ApplicationReadyEvent> startLines(Models upstreams, PromptScorer scorer) {
        return event -> {
            var environment = event.getApplicationContext().getEnvironment();
            LOG.info("small   {}", upstreams.of(Tier.SMALL).description());
            LOG.info("large   {}", upstreams.of(Tier.LARGE).description());
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
}
