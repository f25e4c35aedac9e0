package pointsman.cache;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Supplier;
import pointsman.dialect.chat.PromptTokens;

/// Prompts for one model in the order in which they are to be sent, as far as a prompt cache is
/// concerned: how long they are, and what they share.
///
/// A fingerprint of a prompt is the hash of every beginning of it that is a whole number of grains long.
/// A grain is a cache's step, or sixteen tokens where a cache counts every token.
///
/// @param sizes by position: the tokens of the prompt
/// @param shared by position: the tokens that it shares with the beginning of the prompt before
/// @param fingerprints by position: the hashes of its beginnings, the shortest first
/// @param grain the tokens from one hash to the next
public record PromptSequence(int[] sizes, int[] shared, long[][] fingerprints, int grain) {
    private static final int SMALLEST_GRAIN = 16;
    /// Each generation of lanes begins one request later.
    private static final int MOST_GENERATIONS = 3;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /// Measures prompts in their order. Each text is made when it is measured, and let go.
    ///
    /// @param bodies the requests
    public static PromptSequence of(List<? extends Supplier<String>> bodies, CacheRule rule, PromptTokens tokens) {
        int grain = Math.max(rule.stepTokens(), SMALLEST_GRAIN);
        var sizes = new int[bodies.size()];
        var shared = new int[bodies.size()];
        var fingerprints = new long[bodies.size()][];
        int[] before = {};
        for (int position = 0; position < sizes.length; position++) {
            var prompt = tokens.of(bodies.get(position).get());
            sizes[position] = prompt.length;
            shared[position] = sharedBeginning(before, prompt);
            fingerprints[position] = fingerprint(prompt, grain);
            before = prompt;
        }
        return new PromptSequence(sizes, shared, fingerprints, grain);
    }

    /// Where each of so many lanes begins: where neighbours share least.
    public int[] starts(int lanes) {
        return new LaneCuts(shared, sizes).starts(lanes);
    }

    /// The lane that each lane waits for: the first that begins alike the longest, so that what they
    /// share is in the cache by then. The first lane waits for none, which is itself.
    public int[] leaders(int[] starts) {
        var leaders = new int[starts.length];
        var generations = new int[starts.length];
        var first = new HashMap<Long, Integer>();
        for (int lane = 0; lane < starts.length; lane++) {
            var beginnings = fingerprints[starts[lane]];
            for (int length = beginnings.length - 1; length >= 0 && leaders[lane] == 0; length--) {
                int known = first.getOrDefault(beginnings[length], 0);
                leaders[lane] = generations[known] < MOST_GENERATIONS ? known : 0;
            }
            generations[lane] = lane == 0 ? 0 : generations[leaders[lane]] + 1;
            for (long beginning : beginnings) {
                first.putIfAbsent(beginning, lane);
            }
        }
        return leaders;
    }

    private static int sharedBeginning(int[] before, int[] prompt) {
        int differs = Arrays.mismatch(before, prompt);
        return differs < 0 ? prompt.length : differs;
    }

    private static long[] fingerprint(int[] prompt, int grain) {
        var hashes = new long[prompt.length / grain];
        long hash = grain;
        for (int at = 0; at < hashes.length * grain; at++) {
            hash = (hash ^ prompt[at]) * MIX;
            hash ^= hash >>> 32;
            if ((at + 1) % grain == 0) {
                hashes[at / grain] = hash;
            }
        }
        return hashes;
    }
}
