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
import pointsman.fleet.CallProperties;
import pointsman.fleet.Provider;
import pointsman.fleet.TimeoutProperties;

/// The properties that the product ships with, without the application around them.
public final class Defaults {
    private static final Provider.Limits LIMITS = limitsWith();

    private Defaults() {}

    /// The limits of the road to a provider.
    ///
    /// @param overrides such as `pointsman.upstreams.max-concurrent=1`
    public static Provider.Limits limits(String... overrides) {
        return overrides.length == 0 ? LIMITS : limitsWith(overrides);
    }

    private static Provider.Limits limitsWith(String... overrides) {
        return new Provider.Limits(
                of("pointsman.upstreams", CallProperties.class, overrides).maxConcurrent(),
                of("pointsman.upstreams", TimeoutProperties.class, overrides));
    }

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
