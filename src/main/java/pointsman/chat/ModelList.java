package pointsman.chat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import pointsman.access.Tenant;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.http.ErrorShapes;
import pointsman.http.JsonReply;
import pointsman.http.TenantFilter;
import pointsman.route.ModelNames;

/// `GET /v1/models` and `/v1/models/{id}`: the names that a tenant may call, in the dialect of whoever
/// asks. OpenAI's list is whole; Anthropic's comes in pages.
final class ModelList {
    private final ModelNames models;
    private final Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    ModelList(ModelNames models) {
        this.models = models;
    }

    JsonReply all(ServerWebExchange exchange) {
        var names = namesFor(TenantFilter.tenantOf(exchange));
        return JsonReply.ok(
                ErrorShapes.isAnthropic(exchange.getRequest())
                        ? anthropic(ModelPage.of(names, exchange.getRequest().getQueryParams()))
                        : Map.of(
                                "object",
                                "list",
                                "data",
                                names.stream().map(this::openAi).toList()));
    }

    /// @throws FailureException an [Failure.UnknownModel] for a name that is not there, or not for this
    ///     tenant
    JsonReply one(ServerWebExchange exchange) {
        Map<String, String> variables = exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        var name = variables.getOrDefault("id", "/").substring(1);
        var tenant = TenantFilter.tenantOf(exchange);
        if (models.route(name).isEmpty() || !tenant.mayCall(name)) {
            throw new Failure.UnknownModel(name).asException();
        }
        return JsonReply.ok(ErrorShapes.isAnthropic(exchange.getRequest()) ? anthropic(name) : openAi(name));
    }

    private List<String> namesFor(Tenant tenant) {
        return models.all().stream().filter(tenant::mayCall).toList();
    }

    private Map<String, Object> openAi(String name) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("id", name);
        entry.put("object", "model");
        entry.put("created", started.getEpochSecond());
        entry.put("owned_by", "pointsman");
        entry.putAll(facts(name));
        return entry;
    }

    /// What is known of who answers to a name.
    private Map<String, Object> facts(String name) {
        return models.route(name).map(ModelFacts::of).orElse(Map.of());
    }

    private Map<String, Object> anthropic(ModelPage page) {
        var content = new LinkedHashMap<String, Object>();
        content.put("data", page.names().stream().map(this::anthropic).toList());
        content.put("first_id", page.names().isEmpty() ? null : page.names().getFirst());
        content.put("last_id", page.names().isEmpty() ? null : page.names().getLast());
        content.put("has_more", page.hasMore());
        return content;
    }

    private Map<String, Object> anthropic(String name) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("type", "model");
        entry.put("id", name);
        entry.put("display_name", name);
        entry.put("created_at", started.toString());
        entry.putAll(facts(name));
        return entry;
    }
}
