package pointsman.job;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import pointsman.cache.Marks;
import pointsman.cache.Marks.Mark;
import pointsman.cache.ProviderCache;
import pointsman.plan.LaneCuts;
import pointsman.tokens.Tokens;

/// Questions for one upstream in the order in which they are to be sent, with what that order shares.
///
/// A fingerprint of a prompt is the hash of every beginning of it that is a whole number of grains long. A
/// grain is a cache's step, or sixteen tokens where a cache counts every token.
///
/// @param upstream where they go, by its name
/// @param questions in order
/// @param sizes by position: the tokens of the prompt
/// @param shared by position: the tokens that it shares with the beginning of the prompt before
/// @param fingerprints by position: the hashes of its beginnings, the shortest first
/// @param grain the tokens from one hash to the next
@SuppressWarnings("ArrayRecordComponent") // big, shared, and never compared
public record Sending(
        String upstream, List<Question> questions, int[] sizes, int[] shared, long[][] fingerprints, int grain) {
    private static final int SMALLEST_GRAIN = 16;
    /// Each generation of lanes begins one request later.
    private static final int MOST_GENERATIONS = 3;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    public Sending {
        questions = List.copyOf(questions);
    }

    /// Measures questions in their order.
    public static Sending of(String upstream, List<Question> questions, ProviderCache cache, Tokens tokens) {
        int grain = Math.max(cache.rule().stepTokens(), SMALLEST_GRAIN);
        var sizes = new int[questions.size()];
        var shared = new int[questions.size()];
        var fingerprints = new long[questions.size()][];
        int[] before = {};
        for (int position = 0; position < sizes.length; position++) {
            var prompt = tokens.of(questions.get(position).body());
            sizes[position] = prompt.length;
            shared[position] = sharedBeginning(before, prompt);
            fingerprints[position] = fingerprint(prompt, grain);
            before = prompt;
        }
        return new Sending(upstream, questions, sizes, shared, fingerprints, grain);
    }

    /// Where each of so many lanes begins: where neighbours share least.
    public int[] starts(int lanes) {
        return new LaneCuts(shared, sizes).starts(lanes);
    }

    /// The lane that each lane waits for: the first that begins alike the longest, so that what they share is in the
    /// cache by then. The first lane waits for none, which is itself.
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

    /// What each question marks for the cache, by position, if its requests have to.
    public List<List<Mark>> marks(int[] starts, ProviderCache cache) {
        return cache.hint() == ProviderCache.Hint.CACHE_CONTROL
                ? Marks.of(questions, starts, cache, new Tokens())
                : Collections.nCopies(questions.size(), List.of());
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
