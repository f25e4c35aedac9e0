package pointsman.chat;

import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import pointsman.dialect.OpenAiChat;
import pointsman.dialect.ReadLimits;
import pointsman.score.PromptScorer;
import pointsman.upstream.Dispatcher;
import pointsman.upstream.Upstreams;
import pointsman.usage.Ledger;

/// The beans of this room, and its routes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatProperties.class)
class ChatConfiguration {
    @Bean
    OpenAiChat openAiChat(ChatProperties properties) {
        return new OpenAiChat(new ReadLimits(properties.maxDepth(), properties.maxMessages(), properties.maxTools()));
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
            OpenAiChat dialect,
            ChatGateway gateway,
            Ledger ledger,
            ModelNames models,
            PromptScorer scorer,
            Dispatcher dispatcher) {
        var chat = new ChatEndpoint(new BodyReader(properties), dialect, gateway, new AnswerWriter(ledger));
        var modelList = new ModelList(models);
        var readiness = new Readiness(scorer, dispatcher);
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/v1/chat/completions", new MethodOnly(HttpMethod.POST, chat),
                        "/v1/models", get(modelList::all),
                        "/v1/models/{*id}", get(modelList::one),
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
}
