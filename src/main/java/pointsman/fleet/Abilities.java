package pointsman.fleet;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.Capability;

/// What a model can be asked.
///
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if
///     nobody knows
/// @param can what it is able to of that which not every model is
public record Abilities(int contextTokens, Set<Capability> can) {
    private static final int BYTES_PER_TOKEN = 3;

    public Abilities {
        can = Set.copyOf(can);
    }

    /// Those of a model of which nobody knows what it cannot: it is asked, and says so itself.
    public static Abilities unknown() {
        return new Abilities(Integer.MAX_VALUE, ofChats());
    }

    /// Those of a model of which only is known what it can read, beside text.
    public static Abilities reading(int contextTokens, Set<Capability> kinds) {
        var can = ofChats();
        can.removeIf(each -> each.isReading() && !kinds.contains(each));
        return new Abilities(contextTokens, can);
    }

    /// Who makes vectors answers no chats.
    private static EnumSet<Capability> ofChats() {
        return EnumSet.complementOf(EnumSet.of(Capability.EMBEDDINGS));
    }

    /// Whether it is known to think before it speaks.
    public boolean reasons() {
        return contextTokens != Integer.MAX_VALUE && can.contains(Capability.REASONING);
    }

    /// Whether a request of this size can fit its context, at three bytes a token, which is more than most
    /// prompts take.
    public boolean fits(int bytes) {
        return bytes / BYTES_PER_TOKEN < contextTokens;
    }

    /// What of these it is not able to, if there is such a thing; what it cannot read first.
    public Optional<Capability> lacks(Set<Capability> demands) {
        return demands.stream().filter(each -> !can.contains(each)).sorted().findFirst();
    }
}
