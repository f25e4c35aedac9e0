package pointsman.command;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.aot.AotDetector;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.context.ApplicationListener;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/// Starts with the beans that the build has prepared, where they are the right ones.
///
/// Half a second of a processor goes into finding out which beans there are. The build does that once, for the jar, by
/// the packaged `application.yml` (Spring's ahead-of-time processing). What each bean does is read at every start, but
/// a property by which Spring Boot decides whether a bean exists would not be asked again. So a start that changes one
/// outside of what is known to be harmless finds its beans by itself, and takes the longer for it.
final class PreparedBeans implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    private static final String PACKAGED = "class path resource [application.yml]";
    private static final List<ConfigurationPropertyName> DECIDING = names("spring", "management", "server");
    private static final List<ConfigurationPropertyName> HARMLESS = names(
            "spring.aot",
            "spring.application",
            "spring.config",
            "spring.context.exit",
            "server.address",
            "server.port",
            "management.server.address",
            "management.server.port");

    private final Class<?> application;

    PreparedBeans(Class<?> application) {
        this.application = application;
    }

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        if (SpringProperties.checkFlag(AotDetector.AOT_ENABLED) == null && isJar() && fit(event.getEnvironment())) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED);
        }
    }

    /// Classes in a directory may be newer than the beans that were prepared beside them.
    private boolean isJar() {
        var source = new ApplicationHome(application).getSource();
        return source != null && source.isFile();
    }

    /// Whether this configuration has the beans of the packaged one.
    static boolean fit(ConfigurableEnvironment environment) {
        return ManagementPortType.get(environment) == ManagementPortType.DIFFERENT
                && sources(environment)
                        .filter(source -> !isPackaged(source))
                        .flatMap(PreparedBeans::deciding)
                        .allMatch(name -> isAsPackaged(name, environment));
    }

    private static Stream<ConfigurationPropertyName> deciding(ConfigurationPropertySource source) {
        return source instanceof IterableConfigurationPropertySource names
                ? names.stream().filter(name -> isUnder(DECIDING, name) && !isUnder(HARMLESS, name))
                : Stream.empty();
    }

    private static boolean isAsPackaged(ConfigurationPropertyName name, ConfigurableEnvironment environment) {
        return sources(environment)
                .filter(PreparedBeans::isPackaged)
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .anyMatch(packaged ->
                        String.valueOf(packaged.getValue()).equals(environment.getProperty(name.toString())));
    }

    private static Stream<ConfigurationPropertySource> sources(ConfigurableEnvironment environment) {
        return StreamSupport.stream(
                ConfigurationPropertySources.get(environment).spliterator(), false);
    }

    private static boolean isPackaged(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> named
                && named.getName().contains(PACKAGED);
    }

    private static boolean isUnder(List<ConfigurationPropertyName> parents, ConfigurationPropertyName name) {
        return parents.stream().anyMatch(parent -> parent.equals(name) || parent.isAncestorOf(name));
    }

    private static List<ConfigurationPropertyName> names(String... names) {
        return Stream.of(names).map(ConfigurationPropertyName::of).toList();
    }
}
