package pointsman.chat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import pointsman.fleet.Model;
import pointsman.http.JsonReply;
import pointsman.http.TenantFilter;
import pointsman.route.Route;
import reactor.core.publisher.Mono;

/// `POST /v1/choose`: the decision alone, for whoever sends requests by a gateway of its own. It is the
/// one that a chat would get, by the same path; nobody is asked, and nothing is booked.
final class ChooseEndpoint implements WebHandler {
    private final ChatEndpoint.Shared shared;

    ChooseEndpoint(ChatEndpoint.Shared shared) {
        this.shared = shared;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange) {
        var arrivedNanos = System.nanoTime();
        return shared.bodies()
                .json(exchange, shared.limits(), body -> call(exchange, body, arrivedNanos))
                .flatMap(call -> shared.gateway()
                        .plan(call)
                        .flatMap(planned -> JsonReply.ok(answer(call, planned)).write(exchange)));
    }

    private Call call(ServerWebExchange exchange, byte[] body, long arrivedNanos) {
        return new Call(
                TenantFilter.requestIdOf(exchange),
                shared.targets()
                        .of(
                                TenantFilter.tenantOf(exchange),
                                exchange.getRequest().getHeaders()),
                shared.dialects().readChoice(body),
                Map.of(),
                Wishes.NONE,
                arrivedNanos);
    }

    private static Map<String, @Nullable Object> answer(Call call, ChatGateway.Planned planned) {
        var choice = planned.choice();
        var grounds = choice.grounds();
        var deployment = planned.outbound().deployment();
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("model", choice.model().name());
        answer.put("id", deployment.id());
        answer.put("provider", deployment.provider().name());
        answer.put("route", route(planned.route()));
        answer.put("score", orNull(grounds.score()));
        answer.put("threshold", orNull(grounds.threshold()));
        answer.put("scores", choice.scores());
        answer.put("reason", grounds.reason());
        answer.put("next", choice.next().stream().map(Model::name).toList());
        answer.put("expected_cost_micros", orNull(choice.expectedCost(call.request())));
        return answer;
    }

    private static @Nullable String route(Route route) {
        return switch (route) {
            case Route.ToLadder(var ladder) -> ladder.name();
            case Route.ToModel _ -> null;
        };
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
