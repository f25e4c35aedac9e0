package pointsman.fleet;

import java.util.Optional;
import java.util.Set;
import pointsman.dialect.Attachment;

/// What a model can be asked.
///
/// @param contextTokens tokens that a prompt and its answer may have together; [Integer#MAX_VALUE] if nobody knows
/// @param reads what it can read beside text
public record Abilities(int contextTokens, Set<Attachment> reads) {
    private static final int BYTES_PER_TOKEN = 3;

    public Abilities {
        reads = Set.copyOf(reads);
    }

    /// Whether a request of this size can fit its context, at three bytes a token, which is more than most prompts
    /// take.
    public boolean fits(int bytes) {
        return bytes / BYTES_PER_TOKEN < contextTokens;
    }

    /// What of these it cannot read, if there is such a thing.
    public Optional<Attachment> cannotRead(Set<Attachment> attachments) {
        return attachments.stream()
                .filter(kind -> !reads.contains(kind))
                .sorted()
                .findFirst();
    }
}
