package pointsman.command;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import pointsman.failure.StartRefused;

/// Refuses to start on a property of ours that nobody reads: a mistyped limit must not pass for a limit.
/// Several records may read from one prefix, so none of them can tell by itself.
final class UnknownProperties implements BeanFactoryPostProcessor {
    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("pointsman");

    private final ConfigurableEnvironment environment;

    UnknownProperties(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    /// A record and the prefix that it reads from.
    private record Reader(ConfigurationPropertyName prefix, Class<?> type) {
        boolean reads(ConfigurationPropertyName name) {
            return prefix.isAncestorOf(name) && isKnown(type, name, prefix.getNumberOfElements());
        }
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        var readers = Arrays.stream(beanFactory.getBeanDefinitionNames())
                .map(beanFactory::getType)
                .filter(Objects::nonNull)
                .flatMap(UnknownProperties::reader)
                .toList();
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && !isProcessEnvironment(source)) {
                names.stream().filter(OURS::isAncestorOf).forEach(name -> check(name, readers));
            }
        }
    }

    private static Stream<Reader> reader(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(ConfigurationProperties.class)).stream()
                .map(bound -> bound.prefix().isEmpty() ? bound.value() : bound.prefix())
                .map(prefix -> new Reader(ConfigurationPropertyName.of(prefix), type))
                .filter(reader -> OURS.equals(reader.prefix()) || OURS.isAncestorOf(reader.prefix()));
    }

    /// Variables such as POINTSMAN_HOME look like ours but are placeholders of application.yml.
    private static boolean isProcessEnvironment(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
    }

    private static void check(ConfigurationPropertyName name, List<Reader> readers) {
        if (readers.stream().noneMatch(reader -> reader.reads(name))) {
            throw new StartRefused(
                    "%s: there is no such property".formatted(name),
                    "docs/configuration.md lists those that there are.");
        }
    }

    /// Whether the rest of a name, from this element on, says something within a value of this type.
    private static boolean isKnown(Type type, ConfigurationPropertyName name, int from) {
        if (from == name.getNumberOfElements()) {
            return true;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            var arguments = generic.getActualTypeArguments();
            if (Map.class.isAssignableFrom(raw)) {
                return !isRecord(arguments[1]) || isKnown(arguments[1], name, from + 1);
            }
            return Collection.class.isAssignableFrom(raw) && isKnown(arguments[0], name, from + 1);
        }
        return isRecord(type)
                && component((Class<?>) type, name.getElement(from, Form.UNIFORM))
                        .filter(component -> isKnown(component.getGenericType(), name, from + 1))
                        .isPresent();
    }

    private static boolean isRecord(@Nullable Type type) {
        return type instanceof Class<?> plain && plain.isRecord();
    }

    private static Optional<RecordComponent> component(Class<?> type, String uniform) {
        return Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equalsIgnoreCase(uniform))
                .findFirst();
    }
}
