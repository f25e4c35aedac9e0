package pointsman.surface;

import java.util.Optional;
import java.util.OptionalLong;
import pointsman.fleet.RawOutbound;
import pointsman.fleet.RawPart;
import pointsman.route.Choice;
import reactor.core.publisher.Flux;

/// An answer that has begun.
///
/// @param choice the model that answers, and why
/// @param outbound where it was asked
/// @param cost in micro-dollars, if all of it is there and its price is known
/// @param head what comes before the bytes
/// @param parts all of it; to cancel them cancels the provider's call
record SurfaceAnswer(Choice choice, RawOutbound outbound, OptionalLong cost, RawPart.Head head, Flux<RawPart> parts) {
    /// The name by which its provider knows the model that answers.
    String modelId() {
        return outbound.deployment().id();
    }

    /// The deployment that answers, if its model has several.
    Optional<String> deployment() {
        return outbound.model().deployments().size() > 1
                ? Optional.of(outbound.deployment().name())
                : Optional.empty();
    }
}
