package pointsman.chat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import pointsman.access.TenantFilter;
import pointsman.dialect.Dialects;
import pointsman.dialect.ReadLimits;
import pointsman.score.PromptScorer;
import pointsman.upstream.Dispatcher;
import pointsman.upstream.ModelNames;
import pointsman.upstream.Upstreams;
import pointsman.usage.Ledger;

/// The beans of this room, and its routes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatProperties.class)
class ChatConfiguration {
    @Bean
    Dialects dialects(ChatProperties properties) {
        return new Dialects(new ReadLimits(properties.maxDepth(), properties.maxMessages(), properties.maxTools()));
    }

    @Bean
    ChatGateway chatGateway(
            ModelNames models,
            PromptScorer scorer,
            Dispatcher dispatcher,
            Upstreams upstreams,
            Ledger ledger,
            ChatProperties properties) {
        return new ChatGateway(models, scorer, dispatcher, upstreams, ledger, properties.totalTimeout());
    }

    @Bean
    HandlerMapping routes(
            ChatProperties properties,
            Dialects dialects,
            ChatGateway gateway,
            Ledger ledger,
            ModelNames models,
            PromptScorer scorer,
            Dispatcher dispatcher) {
        var chat = new ChatEndpoint(new BodyReader(properties), dialects, gateway, new AnswerWriter(ledger));
        var started = Instant.now().getEpochSecond();
        var readiness = new Readiness(scorer, dispatcher);
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/v1/chat/completions", new MethodOnly(HttpMethod.POST, chat),
                        "/v1/models", get(exchange -> modelList(exchange, models, started)),
                        "/healthz", get(_ -> JsonEndpoint.Content.ok(Map.of("status", "ok"))),
                        "/readyz", get(_ -> readiness.content())),
                -1);
    }

    @Bean
    ProtocolErrors protocolErrors() {
        return new ProtocolErrors();
    }

    @Bean
    FailureHandler failureHandler() {
        return new FailureHandler();
    }

    private static MethodOnly get(Function<ServerWebExchange, JsonEndpoint.Content> content) {
        return new MethodOnly(HttpMethod.GET, new JsonEndpoint(content));
    }

    private static JsonEndpoint.Content modelList(ServerWebExchange exchange, ModelNames models, long started) {
        var tenant = TenantFilter.tenantOf(exchange);
        List<Map<String, Object>> data = models.all().stream()
                .filter(tenant::mayCall)
                .map(name -> Map.<String, Object>of(
                        "id", name, "object", "model", "created", started, "owned_by", "pointsman"))
                .toList();
        return JsonEndpoint.Content.ok(Map.of("object", "list", "data", data));
    }
}
