package pointsman.upstream;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.failure.StartRefused;
import pointsman.tier.Tier;
import pointsman.upstream.UpstreamProperties.Endpoint;
import pointsman.upstream.local.LocalModelException;
import pointsman.upstream.local.LocalModels;
import pointsman.usage.PriceList;

/// The beans of this room. An upstream without an address is a local model, which is fetched and started here.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UpstreamProperties.class)
class UpstreamConfiguration {
    @Bean
    Upstreams upstreams(UpstreamProperties properties, LocalModels models) {
        return new Upstreams(
                upstream(Tier.SMALL, properties.small(), properties, models),
                upstream(Tier.LARGE, properties.large(), properties, models));
    }

    @Bean
    PriceList priceList(Upstreams upstreams) {
        return new PriceList(upstreams.all().stream().collect(Collectors.toMap(Upstream::tier, Upstream::price)));
    }

    @Bean
    Dispatcher dispatcher(Upstreams upstreams, UpstreamProperties properties, MeterRegistry meters) {
        return new Dispatcher(upstreams, properties, meters);
    }

    private static Upstream upstream(Tier tier, Endpoint endpoint, UpstreamProperties properties, LocalModels models) {
        return endpoint.isRemote() ? remote(tier, endpoint, properties) : local(tier, endpoint, models);
    }

    private static Upstream remote(Tier tier, Endpoint endpoint, UpstreamProperties properties) {
        var url = endpoint.baseUrl().isEmpty() ? properties.openai().baseUrl() : endpoint.baseUrl();
        var model = endpoint.model().isBlank() ? properties.openai().model() : endpoint.model();
        return new Upstream(
                tier,
                URI.create(url),
                endpoint.apiKey(),
                model,
                endpoint.price(),
                Map.of(),
                Integer.MAX_VALUE,
                false,
                () -> true);
    }

    private static Upstream local(Tier tier, Endpoint endpoint, LocalModels models) {
        try {
            var model = models.start(endpoint.local());
            return new Upstream(
                    tier,
                    model.baseUrl(),
                    new ApiKey(model.apiKey()),
                    model.modelName(),
                    endpoint.price(),
                    model.requestDefaults(),
                    model.contextTokens(),
                    true,
                    model::up);
        } catch (LocalModelException e) {
            throw new StartRefused(
                    "There is no model for the tier %s: %s".formatted(tier.label(), e.getMessage()),
                    "Follow what the message says, or name a server: %s_BASE_URL and %1$s_MODEL."
                            .formatted(tier.name()));
        }
    }
}
