package pointsman.fleet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import pointsman.fleet.pace.AdaptiveLimit;

/// Which of a model's deployments is asked first, and which next.
///
/// The one with the fewest calls in flight by its weight is. But a conversation stays where its beginning
/// is cached: its place is the same each time, by a rendezvous hash weighted by the deployments' weights
/// (Thaler and Ravishankar 1998), while that place has nothing to do, or bears no more than [#MOST_OVER] of
/// the least loaded one's load ("consistent hashing with bounded loads", Mirrokni et al. 2016), and is not
/// much slower to speak: beyond that the wait costs more than the cache saves. Those that rest come last.
final class Balancer {
    /// However slow a deployment has become, so many calls in flight it bears.
    private static final int LEAST_IN_FLIGHT = 8;

    private static final double MOST_OVER = 2;
    private static final double MUCH_SLOWER = 3;
    /// Times to the first part that differ by less are the network's.
    private static final double ALIKE_MILLIS = 100;

    private final LongSupplier nanoTime;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();

    /// @param nanoTime a clock in nanoseconds that only goes forward
    Balancer(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// The load of a deployment.
    Load load(Deployment deployment) {
        return loads.computeIfAbsent(
                deployment.name(), _ -> new Load(deployment.weight(), limit(deployment), nanoTime));
    }

    private static AdaptiveLimit limit(Deployment deployment) {
        var most = deployment.provider().limits().maxConcurrent();
        return new AdaptiveLimit(Math.min(LEAST_IN_FLIGHT, most), most);
    }

    /// The deployments in the order in which they are asked.
    ///
    /// @param conversation a number that stays the same while a conversation does; empty for what has no
    ///     place
    /// @param isAwake whether one can be asked now; if none can, all are tried
    List<Deployment> order(List<Deployment> all, Optional<Integer> conversation, Predicate<Deployment> isAwake) {
        if (all.size() == 1) {
            return all;
        }
        var order =
                new ArrayList<>(all.stream().filter(isAwake).sorted(byLoad()).toList());
        conversation.flatMap(number -> place(order, number)).ifPresent(place -> {
            order.remove(place);
            order.addFirst(place);
        });
        all.stream().filter(each -> !order.contains(each)).sorted(byLoad()).forEach(order::add);
        return order;
    }

    private Comparator<Deployment> byLoad() {
        return Comparator.comparingDouble(each -> load(each).perWeight());
    }

    /// Where a conversation stays, if that is worth it.
    private Optional<Deployment> place(List<Deployment> awake, int conversation) {
        return awake.stream()
                .max(Comparator.comparingDouble(each -> rendezvous(each, conversation)))
                .filter(place -> isWorthIt(load(place), load(awake.getFirst())));
    }

    private static boolean isWorthIt(Load place, Load least) {
        return (place.isIdle() || place.perWeight() <= MOST_OVER * least.perWeight())
                && place.firstPartMillis() <= MUCH_SLOWER * least.firstPartMillis() + ALIKE_MILLIS;
    }

    /// -weight / ln(u), with u of (0, 1) from a hash of the two.
    private static double rendezvous(Deployment deployment, int conversation) {
        var hash = mixed(((long) deployment.name().hashCode() << 32) ^ (conversation & 0xFFFF_FFFFL));
        var u = ((hash >>> 11) + 0.5) / (1L << 53);
        return -deployment.weight() / Math.log(u);
    }

    /// The finishing steps of SplitMix64, which spread every bit over all others.
    private static long mixed(long bits) {
        var z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
