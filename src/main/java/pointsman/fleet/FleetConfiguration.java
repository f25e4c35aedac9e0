package pointsman.fleet;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.cache.TenantCacheKey;
import pointsman.dialect.UpstreamDialect;
import pointsman.failure.StartRefused;
import pointsman.fleet.FleetProperties.Endpoint;
import pointsman.fleet.FleetProperties.Spoken;
import pointsman.fleet.local.LocalModel;
import pointsman.fleet.local.LocalModelException;
import pointsman.fleet.local.LocalModels;
import pointsman.usage.PriceList;

/// The beans of this room. An upstream without an address is a local model, which is fetched and started here.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({FleetProperties.class, CallProperties.class, TimeoutProperties.class})
class FleetConfiguration {
    @Bean
    Models models(FleetProperties properties, LocalModels localModels) {
        var embeddings = properties.embeddings();
        return new Models(
                model(Tier.SMALL.label(), properties.small(), properties, localModels),
                model(Tier.LARGE.label(), properties.largeOrProvider(), properties, localModels),
                embeddings.isConfigured() ? model(Models.EMBEDDINGS, embeddings, properties, localModels) : null);
    }

    @Bean
    PriceList priceList(Models models) {
        var prices = models.all().stream().collect(Collectors.toMap(Model::name, Model::price));
        return new PriceList(
                prices,
                Map.of(models.of(Tier.SMALL).name(), models.of(Tier.LARGE).price()));
    }

    @Bean
    Dispatcher dispatcher(Models models, CallProperties properties, TimeoutProperties timeouts, MeterRegistry meters) {
        return new Dispatcher(models, properties, timeouts, meters);
    }

    private static Model model(String name, Endpoint endpoint, FleetProperties properties, LocalModels models) {
        return endpoint.isRemote()
                ? remote(name, endpoint.baseUrl().isEmpty() ? atProvider(endpoint, properties) : endpoint, properties)
                : local(name, endpoint, models);
    }

    /// A key without an address is for the provider whose dialect is spoken.
    private static Endpoint atProvider(Endpoint endpoint, FleetProperties properties) {
        return endpoint.dialect() == Spoken.ANTHROPIC
                ? endpoint.at(Spoken.ANTHROPIC, properties.anthropic())
                : endpoint.at(Spoken.OPENAI, properties.openai());
    }

    /// What is at a provider's own address serves that provider's models.
    private static Set<ModelFamily> families(Endpoint endpoint, FleetProperties properties) {
        if (endpoint.baseUrl().equals(properties.openai().baseUrl())) {
            return Set.of(ModelFamily.OPENAI);
        }
        return endpoint.baseUrl().equals(properties.anthropic().baseUrl()) ? Set.of(ModelFamily.ANTHROPIC) : Set.of();
    }

    private static Model remote(String name, Endpoint endpoint, FleetProperties properties) {
        return new Model(
                name,
                endpoint.model(),
                new Provider(
                        endpoint.spoken(),
                        URI.create(endpoint.baseUrl()),
                        endpoint.apiKey(),
                        families(endpoint, properties)),
                new Abilities(Integer.MAX_VALUE, endpoint.reads()),
                endpoint.price(),
                caching(endpoint),
                Map.of(),
                false,
                Health.UNKNOWN);
    }

    private static PromptCaching caching(Endpoint endpoint) {
        var keys = endpoint.promptCacheKey() && endpoint.spoken() == UpstreamDialect.OPENAI_CHAT
                ? new TenantCacheKey(endpoint.apiKey().value())
                : null;
        return new PromptCaching(
                keys, endpoint.cacheMarks() && endpoint.spoken() == UpstreamDialect.ANTHROPIC_MESSAGES);
    }

    private static Model local(String name, Endpoint endpoint, LocalModels models) {
        try {
            var model = models.start(endpoint.local());
            return new Model(
                    name,
                    model.modelName(),
                    new Provider(UpstreamDialect.LLAMA_CPP, model.baseUrl(), new ApiKey(model.apiKey()), Set.of()),
                    new Abilities(model.contextTokens(), endpoint.reads()),
                    endpoint.price(),
                    PromptCaching.NONE,
                    model.requestDefaults(),
                    true,
                    healthOf(model));
        } catch (LocalModelException e) {
            throw new StartRefused(
                    "There is no model for the upstream %s: %s".formatted(name, e.getMessage()),
                    "Follow what the message says, or name a server: %s_BASE_URL and %1$s_MODEL."
                            .formatted(name.toUpperCase(Locale.ROOT)));
        }
    }

    private static Health healthOf(LocalModel model) {
        return new Health() {
            @Override
            public boolean isUp() {
                return model.up();
            }

            @Override
            public boolean isSettled() {
                return model.isSettled();
            }

            @Override
            public boolean takesTools() {
                return model.takesTools();
            }
        };
    }
}
