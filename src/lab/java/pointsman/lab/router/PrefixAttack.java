package pointsman.lab.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.score.PairScore;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// How far a short prefix can steer prompts to the large model ("confounder gadgets", Shafran et al., arXiv
/// 2501.01818). A random search changes one word of the prefix at a time and keeps what lowers the mean score of a
/// few prompts; the best prefix is then put before other prompts. The attacker is allowed what real ones have not:
/// as many scores as the search needs.
final class PrefixAttack {
    private static final int WORDS = 10;
    private static final int PROMPTS = 16;
    private static final int TRIES = 120;
    private static final int JUDGED = 200;

    private final ToDoubleFunction<String> scorer;
    private final SplittableRandom random;

    /// @param scorer a text's score, as the gateway computes it
    public PrefixAttack(ToDoubleFunction<String> scorer, long seed) {
        this.scorer = scorer;
        this.random = new SplittableRandom(seed);
    }

    /// What an attack on a router achieves, whose prompts are those of a task.
    static String report(RouterModel router, PairScore score, ScoredTask task, long seed) throws RouterModelException {
        var texts = new ArrayList<>(
                task.rows().stream().map(row -> row.outcome().text()).toList());
        Collections.shuffle(texts, new Random(seed));
        try (var graph = router.open()) {
            return new PrefixAttack(text -> score.of(graph.read(text)), seed).report(texts);
        }
    }

    /// What the attack achieves, in sentences.
    ///
    /// @param texts at least 32 prompts, in random order; half of them, 200 at most, judge the prefix
    public String report(List<String> texts) {
        if (texts.size() < 2 * PROMPTS) {
            throw new IllegalArgumentException(
                    "%d prompts are too few to attack: at least %d are needed".formatted(texts.size(), 2 * PROMPTS));
        }
        var prefix = search(texts.subList(0, PROMPTS), words(texts));
        var judged = texts.subList(PROMPTS, Math.min(texts.size(), PROMPTS + JUDGED));
        var before = scores("", judged);
        var after = scores(prefix, judged);
        var threshold = Bootstrap.percentile(Arrays.stream(before).sorted().toArray(), 0.5);
        return String.format(
                Locale.ROOT,
                "A prefix of %d words, found with %d scores, before %d other prompts: at the threshold that sends half of"
                        + " them to large, %.0f %% go there (mean score %.3f, %.3f without). The prefix: %s",
                WORDS,
                PROMPTS * (TRIES + 1),
                judged.size(),
                100 * Arrays.stream(after).filter(score -> score < threshold).count() / (double) judged.size(),
                Arrays.stream(after).average().orElseThrow(),
                Arrays.stream(before).average().orElseThrow(),
                prefix);
    }

    private static List<String> words(List<String> texts) {
        return texts.stream()
                .flatMap(text -> Arrays.stream(text.split("\\s+", -1)))
                .filter(word -> !word.isBlank())
                .distinct()
                .toList();
    }

    private String search(List<String> prompts, List<String> words) {
        var best = IntStream.range(0, WORDS).mapToObj(_ -> any(words)).collect(Collectors.toList());
        var lowest = meanScore(best, prompts);
        for (var attempt = 0; attempt < TRIES; attempt++) {
            var changed = random.nextInt(WORDS);
            var old = best.set(changed, any(words));
            var score = meanScore(best, prompts);
            if (score < lowest) {
                lowest = score;
            } else {
                best.set(changed, old);
            }
        }
        return String.join(" ", best);
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private double meanScore(List<String> prefix, List<String> prompts) {
        return Arrays.stream(scores(String.join(" ", prefix), prompts))
                .average()
                .orElseThrow();
    }

    private double[] scores(String prefix, List<String> prompts) {
        return prompts.stream()
                .mapToDouble(prompt -> scorer.applyAsDouble(prefix + " " + prompt))
                .toArray();
    }
}
