package pointsman.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.cache.CacheSimulation.Tally;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Prices;
import pointsman.cache.ProviderCache.Scope;
import pointsman.dialect.chat.PromptText;
import pointsman.dialect.chat.PromptTokens;

/// What a provider will report of prompts that are sent in lanes.
class CacheSimulationTest {
    private static final int STEP = 16;

    @Test
    void anEarlierPromptIsHitAsFarAsItsWholeSteps() {
        var prompts = sequence(new int[] {100, 100}, 50);

        var tally = run(cache(Scope.PREFIX, 2, 1), prompts, 0);

        assertThat(tally).isEqualTo(new Tally(200, 48, 0));
    }

    @Test
    void whatIsShorterThanTheMinimumIsNeverHit() {
        var prompts = sequence(new int[] {100, 100}, 50);
        var rule = new ProviderCache(
                "any", List.of(), Scope.PREFIX, new CacheRule(64, STEP), 2, new Prices(0, 1), 0, Hint.NONE, "");

        assertThat(run(rule, prompts, 0).cached()).isZero();
    }

    @Test
    void whereTheThirdRequestIsTheFirstToHitTheSecondPaysInFull() {
        var prompts = sequence(new int[] {64, 64, 64}, 64, 64);

        assertThat(run(cache(Scope.PREFIX, 3, 1), prompts, 0).cached()).isEqualTo(64);
        assertThat(run(cache(Scope.PREFIX, 2, 1), prompts, 0).cached()).isEqualTo(128);
    }

    @Test
    void aSlotKnowsThePromptBeforeAndNoOther() {
        var prompts = sequence(new int[] {64, 64, 64}, 0, 0).with(2, 0);

        assertThat(run(cache(Scope.SLOT, 2, 1), prompts, 0).cached()).isZero();
        assertThat(run(cache(Scope.PREFIX, 2, 1), prompts, 0).cached()).isEqualTo(64);
    }

    @Test
    void aLaneBeginsOnceItsLeadersFirstAnswerIsThere() {
        var prompts = sequence(new int[] {64, 64, 64, 64}, 64, 64, 64);

        assertThat(run(cache(Scope.PREFIX, 2, 1), prompts, 0, 2).cached()).isEqualTo(3 * 64);
    }

    @Test
    void whatIsWrittenIsWhatIsNotRead() {
        var prompts = sequence(new int[] {100, 100}, 64);

        var tally = run(cache(Scope.PREFIX, 2, 1.25), prompts, 0);

        assertThat(tally).isEqualTo(new Tally(200, 64, 96 + 32));
    }

    @Test
    void onlyWhatIsMarkedIsKept() {
        var instruction = "Say what you think of it, and why. ".repeat(40);
        var texts = Stream.of("one", "two", "three")
                .map(user ->
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"%s\"},{\"role\":\"user\",\"content\":\"%s\"}]}"
                                .formatted(instruction, user))
                .toList();
        var cache = new ProviderCache(
                "any",
                List.of(),
                Scope.EXPLICIT,
                new CacheRule(16, 1),
                2,
                new Prices(0.1, 1.25),
                300,
                Hint.CACHE_CONTROL,
                "");
        var prompts = PromptSequence.of(suppliers(texts), cache.rule(), new PromptTokens());
        var marks = Marks.of(texts.stream().map(PromptText::of).toList(), new int[] {0}, cache, new PromptTokens());
        int marked = marks.getFirst().getLast().tokens();

        var tally = CacheSimulation.run(cache, prompts, new int[] {0}, marks);

        assertThat(tally.cached()).isEqualTo(2L * marked);
        assertThat(tally.written()).isEqualTo(marked);
    }

    /// One lane, against a cache that compares every prompt with every earlier one.
    @Property(tries = 200)
    void oneLaneHitsWhatAnyEarlierPromptBeginsWith(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int count) {
        var random = new Random(seed);
        var texts = IntStream.range(0, count)
                .mapToObj(_ -> random.ints(1 + random.nextInt(40), 0, 2)
                        .mapToObj(word -> word == 0 ? "left" : "right")
                        .toList())
                .map(words ->
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(String.join(" ", words)))
                .toList();
        var cache = cache(Scope.PREFIX, 2, 1);

        var tally = run(cache, new Prompts(PromptSequence.of(suppliers(texts), cache.rule(), new PromptTokens())), 0);

        assertThat(tally.cached()).isEqualTo(slowly(texts));
    }

    private static long slowly(List<String> texts) {
        var tokens = new PromptTokens();
        var earlier = new ArrayList<int[]>();
        long cached = 0;
        for (var text : texts) {
            var prompt = tokens.of(text);
            int known = earlier.stream()
                    .mapToInt(other -> {
                        int differs = Arrays.mismatch(other, prompt);
                        return differs < 0 ? prompt.length : differs;
                    })
                    .max()
                    .orElse(0);
            cached += known - known % STEP;
            earlier.add(prompt);
        }
        return cached;
    }

    private static List<Supplier<String>> suppliers(List<String> texts) {
        return texts.stream().<Supplier<String>>map(text -> () -> text).toList();
    }

    private static Tally run(ProviderCache cache, Prompts prompts, int... starts) {
        var marks = Collections.nCopies(prompts.sequence().sizes().length, List.<Marks.Mark>of());
        return CacheSimulation.run(cache, prompts.sequence(), starts, marks);
    }

    private record Prompts(PromptSequence sequence) {
        /// The same with one prompt equal to an earlier one.
        Prompts with(int position, int equal) {
            sequence.fingerprints()[position] = sequence.fingerprints()[equal];
            return this;
        }
    }

    /// Prompts of these sizes, each of which shares so many tokens with the one before.
    private static Prompts sequence(int[] sizes, int... sharedWithBefore) {
        var shared = new int[sizes.length];
        System.arraycopy(sharedWithBefore, 0, shared, 1, sharedWithBefore.length);
        var fingerprints = new long[sizes.length][];
        for (int position = 0; position < sizes.length; position++) {
            int known = shared[position] / STEP;
            int at = position;
            fingerprints[position] = IntStream.range(0, sizes[position] / STEP)
                    .mapToLong(place -> place < known ? fingerprints[at - 1][place] : 1000L * (at + 1) + place)
                    .toArray();
        }
        return new Prompts(new PromptSequence(sizes, shared, fingerprints, STEP));
    }

    private static ProviderCache cache(Scope scope, int hitsFrom, double writeFactor) {
        return new ProviderCache(
                "any",
                List.of(),
                scope,
                new CacheRule(0, STEP),
                hitsFrom,
                new Prices(0.1, writeFactor),
                0,
                Hint.NONE,
                "2026-11");
    }
}
