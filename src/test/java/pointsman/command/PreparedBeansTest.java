package pointsman.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class PreparedBeansTest {
    private static final Map<String, Object> PACKAGED = Map.of(
            "server.port",
            8080,
            "server.shutdown",
            "graceful",
            "management.server.port",
            8081,
            "management.endpoints.web.exposure.include",
            "health,prometheus",
            "spring.main.banner-mode",
            false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pointsman.router.threads=2",
                "logging.level.root=info",
                "server.port=0",
                "server.address=0.0.0.0",
                "management.server.port=9000",
                "spring.config.additional-location=file:/etc/pointsman/",
                "server.shutdown=graceful",
                "spring.main.banner-mode=false",
                "spring.application.pid=17"
            })
    void whatDecidesAboutNoBeanKeepsThem(String property) {
        assertThat(fit(property)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "management.endpoints.web.exposure.include=health,prometheus,loggers",
                "management.endpoint.health.probes.enabled=false",
                "management.server.port=8080",
                "management.server.port=-1",
                "server.forward-headers-strategy=framework",
                "spring.threads.virtual.enabled=true",
                "spring.profiles.active=mine"
            })
    void whatMayDecideAboutABeanIsNotTakenAsPrepared(String property) {
        assertThat(fit(property)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MANAGEMENT_METRICS_ENABLE_JVM=false", "SPRING_MAIN_LAZY_INITIALIZATION=true"})
    void variablesOfTheProcessAreAskedToo(String variable) {
        var environment = environment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("systemEnvironment", map(variable)));

        assertThat(PreparedBeans.fit(environment)).isFalse();
    }

    private static boolean fit(String property) {
        var environment = environment();
        environment.getPropertySources().addFirst(new MapPropertySource("commandLineArgs", map(property)));
        return PreparedBeans.fit(environment);
    }

    private static Map<String, Object> map(String property) {
        int end = property.indexOf('=');
        return Map.of(property.substring(0, end), property.substring(end + 1));
    }

    /// What a start has read, without the variables of this process.
    private static StandardEnvironment environment() {
        var environment = new StandardEnvironment();
        var sources = environment.getPropertySources();
        sources.remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
        sources.remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
        sources.addLast(new MapPropertySource(
                "Config resource 'class path resource [application.yml]' via location 'optional:classpath:/'",
                PACKAGED));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}
