package pointsman.chat;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pointsman.fleet.AnswerPart;
import pointsman.fleet.Outbound;
import pointsman.route.Choice;
import reactor.core.publisher.Flux;

/// An answer that has begun: who gives it and why, and its bytes as they come.
///
/// @param choice the model that answers, and why
/// @param outbound the request as that model was asked it: where, and what of it was left out; null if
///     nobody was asked
/// @param promptBytes the length of what was asked, for an estimate of its tokens
/// @param first part of it, which is also the first of its parts
/// @param parts all of it; to cancel them cancels the upstream's call
record Answer(Choice choice, @Nullable Outbound outbound, int promptBytes, AnswerPart first, Flux<AnswerPart> parts) {
    /// The name by which its provider knows the model that answers.
    String modelId() {
        return outbound == null ? choice.model().id() : outbound.deployment().id();
    }

    /// The deployment that answers, if its model has several.
    Optional<String> deployment() {
        return Optional.ofNullable(outbound)
                .filter(asked -> asked.model().deployments().size() > 1)
                .map(asked -> asked.deployment().name());
    }

    /// The names of what of the request that model was not told.
    List<String> dropped() {
        return outbound == null ? List.of() : outbound.dropped();
    }
}
