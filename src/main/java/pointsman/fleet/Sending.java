package pointsman.fleet;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/// A request on its way to the deployments of its model, as the [Dispatcher] sees it.
///
/// @param <P> the parts that its answer comes in
/// @param model that is asked
/// @param conversation a number by which it stays where its beginning is cached
/// @param promptCharacters the length of what is asked; empty for what takes as long as it takes
/// @param reasons whether the model thinks before it speaks
/// @param terms on which it is sent
/// @param isStream whether the first part is awaited, and not the whole
/// @param isRepeatable whether it may be sent again although it may have been done
/// @param to makes the call to one deployment, and throws what that one cannot be asked
record Sending<P extends Part>(
        Model model,
        Optional<Integer> conversation,
        OptionalInt promptCharacters,
        boolean reasons,
        Terms terms,
        boolean isStream,
        boolean isRepeatable,
        Function<Deployment, Call<P>> to) {
    /// A request for one deployment, which is sent as often as it takes.
    interface Call<P extends Part> {
        Flux<P> with(UpstreamClient client, ApiKey key);
    }

    /// Whether somebody else may be asked beside one that is late to speak.
    boolean mayBeAskedTwice() {
        return isRepeatable && isStream && promptCharacters.isPresent() && terms.isHedged();
    }

    /// Whether it may be sent again, here or elsewhere, after this error.
    boolean mayGoOnAfter(Throwable error) {
        return isRepeatable || CallFailure.isUndone(error);
    }
}
