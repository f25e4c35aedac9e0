package pointsman.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pointsman.access.TierPolicy;
import pointsman.failure.StartRefused;
import pointsman.fleet.Model;
import pointsman.fleet.Models;

/// Models between which is chosen, and how.
///
/// @param name of the route
/// @param scores the name by which its rungs are scored; empty: as the configured pair
/// @param rungs the cheapest first
/// @param places of these rungs among those that are scored, from 0: all of them, unless some are closed
/// @param policy of whoever has none of its own
/// @param fallbacks that answer when none of the rungs that may does
/// @param isLocalOnly whether nothing may leave this machine
public record Ladder(
        String name,
        String scores,
        List<Model> rungs,
        List<Integer> places,
        TierPolicy policy,
        List<Model> fallbacks,
        boolean isLocalOnly) {
    public Ladder {
        rungs = List.copyOf(rungs);
        places = List.copyOf(places);
        fallbacks = List.copyOf(fallbacks);
        if (rungs.isEmpty()) {
            throw new IllegalArgumentException("a ladder without rungs");
        }
    }

    /// A ladder whose rungs are all open.
    public Ladder(String name, String scores, List<Model> rungs, TierPolicy policy, List<Model> fallbacks) {
        this(name, scores, rungs, IntStream.range(0, rungs.size()).boxed().toList(), policy, fallbacks, false);
    }

    /// The cheapest.
    public Model first() {
        return rungs.getFirst();
    }

    /// The one that all others are compared with.
    public Model last() {
        return rungs.getLast();
    }

    /// A rung by its name, or by `small` or `large`: the first or the last.
    public Optional<Model> rung(String named) {
        return rungs.stream()
                .filter(rung -> rung.name().equals(named))
                .findFirst()
                .or(() -> switch (named) {
                    case Models.SMALL -> Optional.of(first());
                    case Models.LARGE -> Optional.of(last());
                    default -> Optional.empty();
                });
    }

    /// The same for a tenant that stays on this machine, by a name of its own: a job that was kept finds it
    /// again.
    ///
    /// @throws StartRefused if nothing is left of it
    Ladder closed() {
        return isLocalOnly ? this : here(name + Model.HERE);
    }

    /// The same, as far as it does not leave this machine.
    ///
    /// @throws StartRefused if nothing is left of it
    public Ladder here() {
        return here(name);
    }

    private Ladder here(String called) {
        var open = IntStream.range(0, rungs.size())
                .filter(rung -> rungs.get(rung).here().isPresent())
                .boxed()
                .toList();
        if (open.isEmpty()) {
            throw new StartRefused(
                    "pointsman.routes.%s: is local-only, and none of its rungs runs on this machine".formatted(name),
                    "Give it a local rung, or leave local-only out.");
        }
        return new Ladder(
                called,
                scores,
                open.stream().flatMap(rung -> rungs.get(rung).here().stream()).toList(),
                open.stream().map(places::get).toList(),
                policy,
                fallbacks.stream().map(Model::here).flatMap(Optional::stream).toList(),
                true);
    }
}
