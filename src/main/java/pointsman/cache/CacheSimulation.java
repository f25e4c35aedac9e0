package pointsman.cache;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import pointsman.cache.Marks.Mark;
import pointsman.dialect.chat.PromptText;

/// What a provider's prompt cache will make of a sequence of prompts, by the provider's rule.
///
/// All lanes send at the same pace: in each round every lane sends its next prompt, and a prompt can hit
/// only what was sent in earlier rounds. A lane begins one round after the lane that leads it (two, where
/// a beginning is a hit only from the third request on). A cache is taken to be large enough, and no
/// round to be longer than its time to live.
public final class CacheSimulation {
    private final ProviderCache cache;
    private final PromptSequence prompts;
    private final List<List<Mark>> marks;
    private final Set<PromptText> kept = new HashSet<>();
    private final HashSet64 seen = new HashSet64();
    private final HashSet64 seenTwice = new HashSet64();
    private long input;
    private long cached;
    private long written;

    private CacheSimulation(ProviderCache cache, PromptSequence prompts, List<List<Mark>> marks) {
        this.cache = cache;
        this.prompts = prompts;
        this.marks = marks;
    }

    /// Tokens that a provider will report.
    ///
    /// @param input of all prompts
    /// @param cached those of them that are read from the cache
    /// @param written those of them that are written to it, as far as writing has a price of its own
    public record Tally(long input, long cached, long written) {}

    /// Sends everything in these lanes.
    ///
    /// @param starts where each lane begins
    /// @param marks of each prompt; those of a cache that takes none are empty
    public static Tally run(ProviderCache cache, PromptSequence prompts, int[] starts, List<List<Mark>> marks) {
        return new CacheSimulation(cache, prompts, marks).run(starts);
    }

    private Tally run(int[] starts) {
        var firstRounds = firstRounds(starts);
        int rounds = rounds(starts, firstRounds);
        for (int round = 0; round < rounds; round++) {
            for (int lane = 0; lane < starts.length; lane++) {
                int position = position(starts, lane, round - firstRounds[lane]);
                if (position >= 0) {
                    send(position, position > starts[lane]);
                }
            }
            for (int lane = 0; lane < starts.length; lane++) {
                int position = position(starts, lane, round - firstRounds[lane]);
                if (position >= 0) {
                    remember(position);
                }
            }
        }
        return new Tally(input, cached, written);
    }

    /// The round in which each lane begins.
    private int[] firstRounds(int[] starts) {
        var leaders = prompts.leaders(starts);
        var firstRounds = new int[starts.length];
        for (int lane = 1; lane < starts.length; lane++) {
            firstRounds[lane] = firstRounds[leaders[lane]] + cache.lead();
        }
        return firstRounds;
    }

    /// The position that a lane sends so many rounds after its begin, or -1 if it has not begun or is done.
    private int position(int[] starts, int lane, int round) {
        return round >= 0 && round < length(starts, lane) ? starts[lane] + round : -1;
    }

    private int rounds(int[] starts, int[] firstRounds) {
        return IntStream.range(0, starts.length)
                .map(lane -> firstRounds[lane] + length(starts, lane))
                .max()
                .orElse(0);
    }

    private int length(int[] starts, int lane) {
        int end = lane + 1 < starts.length ? starts[lane + 1] : prompts.sizes().length;
        return end - starts[lane];
    }

    private void send(int position, boolean hasPredecessor) {
        int size = prompts.sizes()[position];
        input += size;
        if (cache.scope() == ProviderCache.Scope.EXPLICIT) {
            sendMarked(marks.get(position));
            return;
        }
        int known = cache.rule().hit(Math.min(size, known(position, hasPredecessor)));
        cached += known;
        if (cache.writeFactor() != 1 && size >= cache.rule().minimumTokens()) {
            written += cache.rule().hit(size) - known;
        }
    }

    /// The longest beginning that is kept is read, and what follows up to the last mark is written.
    private void sendMarked(List<Mark> its) {
        int known = its.stream()
                .filter(mark -> kept.contains(mark.beginning()))
                .mapToInt(Mark::tokens)
                .max()
                .orElse(0);
        cached += known;
        written += its.isEmpty() ? 0 : its.getLast().tokens() - known;
    }

    private int known(int position, boolean hasPredecessor) {
        int before = hasPredecessor && cache.hitsFrom() <= 2 ? prompts.shared()[position] : 0;
        if (cache.scope() == ProviderCache.Scope.SLOT) {
            return before;
        }
        return Math.max(before, prompts.grain() * longestSeen(prompts.fingerprints()[position]));
    }

    /// Whoever has seen a beginning has seen every shorter one.
    private int longestSeen(long[] hashes) {
        var set = cache.hitsFrom() > 2 ? seenTwice : seen;
        int least = 0;
        int most = hashes.length;
        while (least < most) {
            int middle = (least + most + 1) >>> 1;
            if (set.contains(hashes[middle - 1])) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return least;
    }

    private void remember(int position) {
        marks.get(position).forEach(mark -> kept.add(mark.beginning()));
        for (long hash : prompts.fingerprints()[position]) {
            if (!seen.add(hash) && cache.hitsFrom() > 2) {
                seenTwice.add(hash);
            }
        }
    }

    /// A set of hashes: open addressing, at most half full.
    private static final class HashSet64 {
        private long[] table = new long[1024];
        private int size;

        boolean contains(long hash) {
            return table[slot(hash)] != 0;
        }

        boolean add(long hash) {
            int slot = slot(hash);
            if (table[slot] != 0) {
                return false;
            }
            table[slot] = hash == 0 ? 1 : hash;
            size++;
            if (size * 2 > table.length) {
                grow();
            }
            return true;
        }

        private int slot(long hash) {
            long key = hash == 0 ? 1 : hash;
            int slot = (int) (key ^ (key >>> 32)) & (table.length - 1);
            while (table[slot] != 0 && table[slot] != key) {
                slot = (slot + 1) & (table.length - 1);
            }
            return slot;
        }

        private void grow() {
            var old = table;
            table = new long[old.length * 2];
            Arrays.stream(old).filter(hash -> hash != 0).forEach(hash -> table[slot(hash)] = hash);
        }
    }
}
