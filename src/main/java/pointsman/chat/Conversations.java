package pointsman.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import java.util.OptionalLong;
import pointsman.fleet.Model;
import pointsman.route.Choice;
import pointsman.route.Decision;
import pointsman.usage.TokenUsage;

/// Where conversations were answered last. A provider keeps the beginning of a conversation in its prompt
/// cache for a while, and reads it from there for a fraction of the price: what moves elsewhere is read
/// anew, at the full price.
///
/// The rule: a conversation that one rung has answered, and that the router now gives to a cheaper one,
/// stays where it is while that costs less than to let the cheaper one read everything anew. The prompt is
/// taken for as long as it was last time, of which all is in the cache that can be; the answer for as long
/// as the last one. The other way is always open: what a rung is not good enough for goes to a dearer one,
/// whatever it costs.
///
/// A conversation is known by a hash of its tenant and its beginning. The memory is bounded, and lost with
/// the process: then conversations go where the router says, as if they were new.
final class Conversations {
    /// A shorter prefix is in nobody's prompt cache.
    private static final long SHORTEST_PREFIX = 1_024;

    private final Cache<String, Turn> lastTurns;

    Conversations(ChatProperties.Conversations limits, Ticker ticker) {
        this.lastTurns = Caffeine.newBuilder()
                .maximumSize(limits.entries())
                .expireAfterWrite(limits.remembered())
                .ticker(ticker)
                .build();
    }

    /// What was chosen, or to keep the conversation where it is if that costs less.
    Choice keep(Call call, Choice chosen) {
        if (chosen.next().isEmpty() || !call.request().isContinued()) {
            return chosen;
        }
        return key(call)
                .map(lastTurns::getIfPresent)
                .filter(last -> staysCheaper(last, chosen))
                .map(last -> stayed(last.model(), chosen))
                .orElse(chosen);
    }

    private static Choice stayed(Model last, Choice chosen) {
        var dearer = chosen.next();
        return new Choice(
                last,
                new Decision.Kept(last.name(), chosen.grounds()),
                dearer.subList(dearer.indexOf(last) + 1, dearer.size()),
                chosen.otherwise(),
                chosen.scores());
    }

    /// A price that nobody knows keeps no conversation.
    private static boolean staysCheaper(Turn last, Choice chosen) {
        var staying = last.cost(last.model(), last.prefix());
        var moving = last.cost(chosen.model(), 0);
        return chosen.next().contains(last.model())
                && last.prefix() >= SHORTEST_PREFIX
                && staying.isPresent()
                && moving.isPresent()
                && staying.getAsLong() < moving.getAsLong();
    }

    /// A turn was answered.
    void answered(Call call, Model model, TokenUsage usage) {
        key(call).ifPresent(key -> lastTurns.put(key, new Turn(model, usage.input(), usage.output())));
    }

    private static Optional<String> key(Call call) {
        return call.request().fingerprint(call.tenant().id());
    }

    /// What the last turn took.
    ///
    /// @param model that answered it
    /// @param prefix tokens of its prompt, which are the beginning of the next one
    /// @param output tokens of its answer
    private record Turn(Model model, long prefix, long output) {
        /// What the next turn costs at a model that has so much of it in its cache, in micro-dollars.
        OptionalLong cost(Model at, long cached) {
            return at.price().cost(new TokenUsage(prefix, cached, 0, output, 0, true));
        }
    }
}
