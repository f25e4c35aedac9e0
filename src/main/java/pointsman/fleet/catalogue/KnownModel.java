package pointsman.fleet.catalogue;

import java.time.YearMonth;
import java.util.Optional;
import java.util.Set;
import pointsman.usage.Price;

/// A model as its provider serves it.
///
/// @param provider by its name in `providers.csv`
/// @param id the provider's name of the model; in a line of the list perhaps a pattern in which `*` stands for anything
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if nobody knows.
///     Whoever serves open weights may allow less
/// @param mostOutput tokens that an answer may have; [Integer#MAX_VALUE] if nobody knows
/// @param price of its tokens, as a request of usual length costs; empty if nobody knows, which is not free
/// @param source where this was read, an address
/// @param month when it was
public record KnownModel(
        String provider,
        String id,
        int contextTokens,
        int mostOutput,
        Set<Ability> abilities,
        Optional<Price> price,
        String source,
        YearMonth month) {
    public KnownModel {
        abilities = Set.copyOf(abilities);
    }

    /// The same under the name that was asked for.
    KnownModel named(String other) {
        return new KnownModel(provider, other, contextTokens, mostOutput, abilities, price, source, month);
    }

    /// What is left of it at another provider: what it can, and no price.
    ///
    /// @param server what that provider does with any model
    KnownModel at(String other, String name, Set<Ability> server) {
        var there = Ability.both(abilities, server);
        return new KnownModel(other, name, contextTokens, mostOutput, there, Optional.empty(), source, month);
    }
}
