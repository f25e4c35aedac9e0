package pointsman.command;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import pointsman.access.RoutesProperties.RouteEntry;
import pointsman.failure.StartRefused;
import pointsman.fleet.Deployment;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.fleet.ModelsProperties;
import pointsman.score.LadderSpec;
import pointsman.score.RungNames;
import pointsman.usage.Price;

/// By which words the router knows the rungs of ladders.
///
/// @param models behind the gateway
/// @param properties where models say by which word they are known
/// @param names what the router knows
record RungWords(Models models, ModelsProperties properties, RungNames names) {
    private static final BigDecimal THREE = BigDecimal.valueOf(3);

    /// How a route's rungs are scored; empty if they are not, or as the configured pair.
    LadderSpec words(String route, RouteEntry entry) {
        return new LadderSpec.Rungs(
                entry.rungs().stream().map(rung -> word(route, rung)).toList());
    }

    /// Whether a route has scores of its own: it is decided by scores, and not the pair that
    /// `pointsman.router.pair` names, nor a calibration's.
    boolean areNeeded(RouteEntry entry) {
        var isPair = entry.rungs().equals(List.of(Models.SMALL, Models.LARGE));
        return entry.rungs().size() > 1 && entry.pin() == null && entry.calibration() == null && !isPair;
    }

    private String word(String route, String rung) {
        var stated = Optional.ofNullable(properties.models().get(rung))
                .map(ModelsProperties.ModelEntry::knownAs)
                .filter(word -> !word.isEmpty());
        return stated.or(() -> usual(rung))
                .or(() -> models.named(rung).flatMap(this::guess))
                .orElseThrow(() -> new StartRefused(
                        "pointsman.routes.%s: nothing says how good the model '%s' is".formatted(route, rung),
                        "Say pointsman.models.%s.known-as: a model of the router's training data, a size such as 8B, or a price such as $0.6."
                                .formatted(rung)));
    }

    private Optional<String> usual(String rung) {
        return switch (rung) {
            case Models.SMALL -> Optional.of(names.small());
            case Models.LARGE -> Optional.of(names.large());
            default -> Optional.empty();
        };
    }

    private Optional<String> guess(Model model) {
        var all = Stream.concat(
                Stream.of(model.name()), model.deployments().stream().map(Deployment::id));
        return names.word(all.distinct().toList(), mixed(model));
    }

    private static OptionalDouble mixed(Model model) {
        return model.price() instanceof Price price
                ? OptionalDouble.of(price.input()
                        .multiply(THREE)
                        .add(price.output())
                        .divide(BigDecimal.valueOf(4))
                        .doubleValue())
                : OptionalDouble.empty();
    }
}
