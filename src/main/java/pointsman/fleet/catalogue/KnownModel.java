package pointsman.fleet.catalogue;

import java.time.YearMonth;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.Capability;
import pointsman.usage.Price;

/// A model as its provider serves it.
///
/// @param provider by its name in `providers.csv`
/// @param id the provider's name of the model; in a line of the list perhaps a pattern in which `*` stands
///     for anything
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if
///     nobody knows. Whoever serves open weights may allow less
/// @param mostOutput tokens that an answer may have; [Integer#MAX_VALUE] if nobody knows
/// @param price of its tokens, as a request of usual length costs; empty if nobody knows, which is not free
/// @param source where this was read, an address
/// @param month when it was
public record KnownModel(
        String provider,
        String id,
        int contextTokens,
        int mostOutput,
        Set<Capability> abilities,
        Optional<Price> price,
        String source,
        YearMonth month) {
    /// What a model can wherever it runs. The rest is its server's.
    private static final Set<Capability> OF_THE_MODEL = EnumSet.of(
            Capability.TOOLS,
            Capability.IMAGE,
            Capability.AUDIO,
            Capability.DOCUMENT,
            Capability.REASONING,
            Capability.EMBEDDINGS);

    public KnownModel {
        abilities = Set.copyOf(abilities);
    }

    /// Whether it is one model, and no pattern.
    public boolean isOne() {
        return id.indexOf('*') < 0;
    }

    /// The same under the name that was asked for.
    KnownModel named(String other) {
        return new KnownModel(provider, other, contextTokens, mostOutput, abilities, price, source, month);
    }

    /// What is left of it at another provider: what it can, and no price.
    ///
    /// @param server what that provider does with any model
    KnownModel at(String other, String name, Set<Capability> server) {
        var there = both(abilities, server);
        return new KnownModel(other, name, contextTokens, mostOutput, there, Optional.empty(), source, month);
    }

    /// What a server may do with any model, where nobody knows what this one does: it is asked, and says so
    /// itself.
    static Set<Capability> whateverServersDo() {
        return EnumSet.complementOf(EnumSet.copyOf(OF_THE_MODEL));
    }

    /// What a model can at another server: what is its own wherever it runs, and what that server does with
    /// any model.
    private static Set<Capability> both(Set<Capability> model, Set<Capability> server) {
        var can = EnumSet.copyOf(OF_THE_MODEL);
        can.retainAll(model);
        can.addAll(server);
        return can;
    }
}
