package pointsman.command;

import java.util.Set;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import pointsman.failure.StartRefused;

/// Refuses to start on a property of ours that nobody reads: a mistyped limit must not pass for a limit. The rooms
/// do the same below their own names; this looks at the first name only.
final class UnknownProperties implements BeanFactoryPostProcessor {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("pointsman");
    private static final Set<String> ROOMS = Set.of("access", "router", "tier", "chat", "upstreams", "local", "batch");

    private final ConfigurableEnvironment environment;

    UnknownProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && !isProcessEnvironment(source)) {
                names.stream().filter(OURS::isAncestorOf).forEach(UnknownProperties::check);
            }
        }
    }

    /// Variables such as POINTSMAN_HOME look like ours but are placeholders of application.yml.
    private static boolean isProcessEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    private static void check(ConfigurationPropertyName name) {
        if (!ROOMS.contains(name.getElement(1, Form.UNIFORM))) {
            throw new StartRefused(
                    "%s: there is no such property".formatted(name),
                    "Under pointsman there are %s. README.md lists what they hold."
                            .formatted(String.join(", ", ROOMS.stream().sorted().toList())));
        }
    }
}
