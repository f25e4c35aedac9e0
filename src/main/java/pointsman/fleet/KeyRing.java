package pointsman.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// The keys that a provider takes from us. They take turns; one that is refused, or whose quota is used up,
/// rests for a while and is then tried again.
///
/// A conversation stays with its key, because prompt caches belong to the account behind one.
public final class KeyRing {
    private final List<ApiKey> keys;
    private final LongSupplier nanoTime;
    private final AtomicLongArray restsUntil;
    private final AtomicLongArray isResting;
    private final AtomicInteger turn = new AtomicInteger();

    /// @param keys none, or those that take turns
    public KeyRing(List<ApiKey> keys) {
        this(keys, System::nanoTime);
    }

    /// @param nanoTime a clock in nanoseconds that only goes forward
    KeyRing(List<ApiKey> keys, LongSupplier nanoTime) {
        this.keys = keys.stream().filter(key -> !key.isEmpty()).distinct().toList();
        this.nanoTime = nanoTime;
        this.restsUntil = new AtomicLongArray(this.keys.size());
        this.isResting = new AtomicLongArray(this.keys.size());
    }

    /// The place of the key that is next.
    ///
    /// @param conversation a number that stays the same while a conversation does; empty for what is none
    /// @return empty if there are no keys, or all of them rest
    Optional<Integer> next(Optional<Integer> conversation) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        var start = conversation.orElseGet(turn::getAndIncrement);
        for (var step = 0; step < keys.size(); step++) {
            var place = Math.floorMod(start + step, keys.size());
            if (isAwake(place)) {
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }

    private boolean isAwake(int place) {
        return isResting.get(place) == 0 || restsUntil.get(place) - nanoTime.getAsLong() <= 0;
    }

    /// The key at this place.
    ApiKey at(int place) {
        return keys.get(place);
    }

    /// Lets a key rest.
    void rest(int place, Duration time) {
        restsUntil.set(place, nanoTime.getAsLong() + time.toNanos());
        isResting.set(place, 1);
    }

    /// How many there are.
    int size() {
        return keys.size();
    }

    /// The first one; an empty one where there is none.
    ApiKey first() {
        return keys.isEmpty() ? new ApiKey("") : keys.getFirst();
    }
}
