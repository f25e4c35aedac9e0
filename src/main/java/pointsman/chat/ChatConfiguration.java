package pointsman.chat;

import static java.util.Map.entry;

import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Map;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import pointsman.access.AccessProperties;
import pointsman.access.Policies;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.Operation;
import pointsman.dialect.ReadLimits;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Models;
import pointsman.http.BodyReader;
import pointsman.http.JsonReply;
import pointsman.http.Methods;
import pointsman.route.ModelNames;
import pointsman.route.Router;
import pointsman.route.Routes;
import pointsman.score.PromptScorer;
import pointsman.usage.Ledger;

/// The beans of this room, and its routes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChatProperties.class)
class ChatConfiguration {
    @Bean
    Dialects dialects(ChatProperties properties, AccessProperties access) {
        return new Dialects(new ReadLimits(
                properties.maxDepth(),
                properties.maxMessages(),
                properties.maxTools(),
                access.bodies().maxNodes()));
    }

    @Bean
    @SuppressWarnings("NullAway") // a prompt has one outcome, always
    Router router(ModelNames names, Models models, Routes routes, PromptScorer scorer) {
        return new Router(
                names,
                models,
                routes,
                (text, ladder) -> scorer.scores(text, ladder).toFuture());
    }

    @Bean
    ChatGateway chatGateway(
            Router router,
            Dispatcher dispatcher,
            Ledger ledger,
            TokenCounts tokenCounts,
            GracefulStop stop,
            ChatProperties properties) {
        var conversations = new Conversations(properties.conversations(), Ticker.systemTicker());
        return new ChatGateway(router, dispatcher, ledger, conversations, tokenCounts, stop, properties.totalTimeout());
    }

    @Bean
    GracefulStop gracefulStop(ChatProperties properties) {
        return new GracefulStop(properties.drain());
    }

    @Bean
    TokenCounts tokenCounts() {
        return new TokenCounts();
    }

    @Bean
    HandlerMapping routes(
            ChatProperties properties,
            AccessProperties access,
            BodyReader bodies,
            Dialects dialects,
            Policies policies,
            ChatGateway gateway,
            ModelNames models,
            PromptScorer scorer,
            Dispatcher dispatcher,
            Models upstreams) {
        var asks = new ChatEndpoint.Shared(
                bodies,
                new BodyReader.Limits(
                        properties.maxBody().toBytes(), access.bodies().maxNodes(), properties.bodyTimeout()),
                dialects,
                new RequestTarget(policies),
                gateway,
                new ResponseWriter(models));
        var modelList = new ModelList(models);
        var readiness = new Readiness(scorer, dispatcher, upstreams);
        return new SimpleUrlHandlerMapping(
                Map.ofEntries(
                        entry("/v1/chat/completions", ask(Dialect.OPENAI_CHAT, Operation.CHAT, asks)),
                        entry("/v1/responses", ask(Dialect.OPENAI_RESPONSES, Operation.CHAT, asks)),
                        entry("/v1/responses/input_tokens", ask(Dialect.OPENAI_RESPONSES, Operation.TOKEN_COUNT, asks)),
                        entry("/v1/responses/compact", ask(Dialect.OPENAI_RESPONSES, Operation.COMPACTION, asks)),
                        entry("/v1/messages", ask(Dialect.ANTHROPIC_MESSAGES, Operation.CHAT, asks)),
                        entry(
                                "/v1/messages/count_tokens",
                                ask(Dialect.ANTHROPIC_MESSAGES, Operation.TOKEN_COUNT, asks)),
                        entry("/v1/completions", ask(Dialect.OPENAI_CHAT, Operation.COMPLETION, asks)),
                        entry("/v1/embeddings", ask(Dialect.OPENAI_CHAT, Operation.EMBEDDINGS, asks)),
                        entry("/v1/choose", Methods.only(HttpMethod.POST, new ChooseEndpoint(asks))),
                        entry("/v1/models", get(modelList::all)),
                        entry("/v1/models/{*id}", get(modelList::one)),
                        entry("/healthz", get(_ -> JsonReply.ok(Map.of("status", "ok")))),
                        entry("/readyz", get(_ -> readiness.reply()))),
                -1);
    }

    private static Methods ask(Dialect dialect, Operation operation, ChatEndpoint.Shared shared) {
        return Methods.only(HttpMethod.POST, new ChatEndpoint(dialect, operation, shared));
    }

    private static Methods get(Function<ServerWebExchange, JsonReply> reply) {
        return Methods.only(HttpMethod.GET, JsonReply.handler(reply));
    }
}
