package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.ClassPathResource;

/// The properties that the product ships with, without the application around them.
public final class Defaults {
    private Defaults() {}

    /// The record of a prefix, as `application.yml` fills it.
    ///
    /// @param overrides such as `pointsman.upstreams.attempts=1`
    public static <T> T of(String prefix, Class<T> type, String... overrides) {
        var sources = new MutablePropertySources();
        sources.addFirst(new MapPropertySource(
                "overrides",
                Arrays.stream(overrides)
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> (Object) pair[1]))));
        try {
            new YamlPropertySourceLoader()
                    .load("defaults", new ClassPathResource("application.yml"))
                    .forEach(sources::addLast);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Binder(
                        ConfigurationPropertySources.from(sources),
                        new PropertySourcesPlaceholdersResolver(sources),
                        ApplicationConversionService.getSharedInstance())
                .bind(prefix, type)
                .get();
    }
}
