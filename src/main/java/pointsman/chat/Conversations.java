package pointsman.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import pointsman.fleet.Model;
import pointsman.fleet.Tier;
import pointsman.route.Choice;
import pointsman.route.Decision;
import pointsman.usage.TokenUsage;

/// Where conversations were answered last. A provider keeps the beginning of a conversation in its prompt cache
/// for a while, and reads it from there for a fraction of the price: what moves elsewhere is read anew, at the
/// full price.
///
/// The rule: a conversation that large has answered, and that the router now gives to small, stays at large while
/// that costs less than to let small read everything anew. The prompt is taken for as long as it was last time, of
/// which all is in the cache that can be; the answer for as long as the last one. The other way is always open:
/// what small is not good enough for goes to large, whatever it costs.
///
/// A conversation is known by a hash of its tenant and its beginning. The memory is bounded, and lost with the
/// process: then conversations go where the router says, as if they were new.
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
                .map(last -> new Choice(last.model(), new Decision.Kept(Tier.LARGE, (Decision) chosen.grounds())))
                .orElse(chosen);
    }

    private boolean staysCheaper(Turn last, Choice chosen) {
        return last.prefix() >= SHORTEST_PREFIX
                && last.cost(last.model(), last.prefix()) < last.cost(chosen.model(), 0);
    }

    /// A turn was answered. Only large's are remembered: from small every way is open.
    void answered(Call call, Model model, TokenUsage usage) {
        key(call).ifPresent(key -> {
            if (model.name().equals(Tier.LARGE.label())) {
                lastTurns.put(key, new Turn(model, usage.input(), usage.output()));
            } else {
                lastTurns.invalidate(key);
            }
        });
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
        long cost(Model at, long cached) {
            return at.price().costMicros(new TokenUsage(prefix, cached, 0, output, 0, true));
        }
    }
}
