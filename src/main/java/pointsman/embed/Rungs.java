package pointsman.embed;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import pointsman.route.Decision;

/// A program's own models, the cheapest first, and who of them answers a request. As in the gateway
/// ability comes before difficulty: the router judges text, so what holds anything else goes to the last,
/// and a model that does not say that it keeps a JSON schema is not asked for one.
///
/// @param router knows each of the models by a word
/// @param capabilities what a model says that it can
/// @param told hears of every decision, on the thread that asks
record Rungs<M>(
        PromptRouter router, List<M> models, Function<M, Set<Capability>> capabilities, Consumer<Decision> told) {
    Rungs {
        models = List.copyOf(models);
    }

    /// Whom a request is for.
    M of(ChatRequest request) {
        var decision = decide(Demand.of(request));
        told.accept(decision);
        return models.get(router.rungs().indexOf(decision.model()));
    }

    private Decision decide(Demand demand) {
        var able = IntStream.range(0, models.size())
                .filter(place -> lacks(place, demand).isEmpty())
                .boxed()
                .toList();
        return able.size() > 1
                ? router.choose(demand.text(), able)
                : new Decision.Beyond(router.rungs().getLast(), lacks(0, demand).orElseThrow());
    }

    /// What one of them lacks for it, in a word; the last is taken to lack nothing.
    private Optional<String> lacks(int place, Demand demand) {
        if (place == models.size() - 1) {
            return Optional.empty();
        }
        var lacksSchema = demand.hasSchema() && !keepsSchemas(models.get(place));
        return demand.content().stream()
                .findFirst()
                .or(() ->
                        lacksSchema ? Optional.of(router.rungs().get(place) + "_lacks_json_schema") : Optional.empty());
    }

    private boolean keepsSchemas(M model) {
        return capabilities.apply(model).contains(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    /// What all of them can.
    Set<Capability> common() {
        var common = EnumSet.allOf(Capability.class);
        models.forEach(model -> common.retainAll(capabilities.apply(model)));
        return common;
    }
}
