package pointsman.fleet;

import java.util.Set;

/// The names of the models that ladders are made of. What `pointsman.upstreams` describes by default costs
/// nothing where no ladder has it.
///
/// @param names of rungs and fallbacks
public record UsedModels(Set<String> names) {
    public UsedModels {
        names = Set.copyOf(names);
    }
}
