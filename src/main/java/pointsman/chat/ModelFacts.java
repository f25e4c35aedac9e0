package pointsman.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.Capability;
import pointsman.fleet.Deployment;
import pointsman.fleet.Model;
import pointsman.route.Route;
import pointsman.usage.Price;
import pointsman.usage.Pricing;

/// What a list of models tells of each, beside what its dialect demands: who answers, the context in
/// tokens, what it can, and the price in US dollars for a million tokens. What is not known is not told; a
/// price is then null.
final class ModelFacts {
    private ModelFacts() {}

    static Map<String, Object> of(Route route) {
        return switch (route) {
            case Route.ToModel(var model) -> of(model);
            case Route.ToLadder(var ladder) -> {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("rungs", ladder.rungs().stream().map(Model::name).toList());
                facts.put("local_only", ladder.isLocalOnly());
                context(facts, ladder.rungs());
                facts.put("abilities", abilities(ladder.rungs()));
                yield facts;
            }
        };
    }

    private static Map<String, Object> of(Model model) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("model", model.id());
        facts.put(
                "deployments",
                model.deployments().stream().map(Deployment::description).toList());
        context(facts, List.of(model));
        facts.put("abilities", abilities(List.of(model)));
        facts.put("price", price(model.price()));
        return facts;
    }

    /// The longest of them.
    private static void context(Map<String, Object> facts, List<Model> models) {
        models.stream()
                .mapToInt(model -> model.abilities().contextTokens())
                .filter(tokens -> tokens < Integer.MAX_VALUE)
                .max()
                .ifPresent(tokens -> facts.put("context_window", tokens));
    }

    /// What one of them at least can.
    private static List<String> abilities(List<Model> models) {
        return models.stream()
                .flatMap(model -> model.abilities().can().stream())
                .distinct()
                .sorted()
                .map(Capability::label)
                .toList();
    }

    private static @Nullable Map<String, Object> price(Pricing pricing) {
        return switch (pricing) {
            case Pricing.Unknown _ -> null;
            case Price price -> {
                var dollars = new LinkedHashMap<String, Object>();
                dollars.put("input", price.input());
                dollars.put("cached_input", price.cachedInput());
                dollars.put("cache_write", price.cacheWrite());
                dollars.put("output", price.output());
                yield dollars;
            }
        };
    }
}
