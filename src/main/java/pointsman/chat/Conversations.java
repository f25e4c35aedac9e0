package pointsman.chat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.util.Optional;
import pointsman.fleet.Model;
import pointsman.fleet.Tier;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.usage.Ledger;
import pointsman.usage.TokenUsage;

/// Where conversations were answered last. A provider keeps the beginning of a conversation in its prompt cache
/// for a
/// while, and reads it from there for a fraction of the price: what moves elsewhere is read anew, at the full
/// price.
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

    private final Ledger ledger;
    private final Cache<String, Turn> lastTurns;

    Conversations(Ledger ledger, ChatProperties.Conversations limits, Ticker ticker) {
        this.ledger = ledger;
        this.lastTurns = Caffeine.newBuilder()
                .maximumSize(limits.entries())
                .expireAfterWrite(limits.remembered())
                .ticker(ticker)
                .build();
    }

    /// What was decided, or to keep the conversation where it is if that costs less.
    Grounds keep(Call call, Grounds decided) {
        if (!(decided instanceof Decision.Scored scored)
                || scored.tier() == Tier.LARGE
                || !call.request().isContinued()) {
            return decided;
        }
        var last = key(call).map(lastTurns::getIfPresent);
        return last.filter(this::staysCheaper).isPresent() ? new Decision.Kept(Tier.LARGE, scored) : scored;
    }

    private boolean staysCheaper(Turn last) {
        return last.prefix() >= SHORTEST_PREFIX && cost(Tier.LARGE, last, last.prefix()) < cost(Tier.SMALL, last, 0);
    }

    private long cost(Tier tier, Turn last, long cached) {
        return ledger.costMicros(tier.label(), new TokenUsage(last.prefix(), cached, 0, last.output(), 0, true));
    }

    /// A turn was answered. Only large's are remembered: from small every way is open.
    void answered(Call call, Model upstream, TokenUsage usage) {
        key(call).ifPresent(key -> {
            if (upstream.name().equals(Tier.LARGE.label())) {
                lastTurns.put(key, new Turn(usage.input(), usage.output()));
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
    /// @param prefix tokens of its prompt, which are the beginning of the next one
    /// @param output tokens of its answer
    private record Turn(long prefix, long output) {}
}
