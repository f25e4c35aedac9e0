package pointsman.cache;

/// How a provider counts the part of a prompt that it has seen before.
///
/// @param minimumTokens the shortest beginning that counts at all
/// @param stepTokens beyond that, only whole steps count
public record CacheRule(int minimumTokens, int stepTokens) {
    public CacheRule {
        if (minimumTokens < 0 || stepTokens < 1) {
            throw new IllegalArgumentException(
                    "a cache rule needs a minimum of 0 or more and a step of 1 or more, not %d and %d"
                            .formatted(minimumTokens, stepTokens));
        }
    }

    /// How many of `shared` leading tokens count.
    public int hit(int shared) {
        return shared < minimumTokens ? 0 : shared - shared % stepTokens;
    }
}
