package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachingScorerTest {
    private final AtomicInteger scored = new AtomicInteger();
    private final Scorer lengths = texts -> {
        scored.addAndGet(texts.size());
        return texts.stream().mapToDouble(String::length).toArray();
    };

    @Test
    void aTextIsScoredOnce() {
        var scorer = new CachingScorer(lengths, text -> text, 10);

        assertThat(scorer.scores(List.of("ab", "c", "ab"))).containsExactly(2, 1, 2);
        assertThat(scorer.scores(List.of("ab"))).containsExactly(2);
        assertThat(scored).hasValue(2);
    }

    @Test
    void anUnknownTextIsNotRemembered() {
        assertThat(new CachingScorer(lengths, text -> text, 10).remembered("ab"))
                .isEmpty();
    }

    @Test
    void textsThatDifferOnlyOutsideTheWindowShareAScore() {
        var scorer = new CachingScorer(lengths, new InputWindow(2, 2, 96, 160)::bounded, 10);
        scorer.scores(List.of("ab-----yz"));

        assertThat(scorer.remembered("ab+++yz")).hasValue(9);
        assertThat(scorer.remembered("ab+++yy")).isEmpty();
    }

    @Test
    void textsWhoseBytesLookAlikeShareNone() {
        var scorer = new CachingScorer(lengths, text -> text, 10);
        scorer.scores(List.of("AA", "a?b"));

        assertThat(scorer.remembered("\u4141")).isEmpty();
        assertThat(scorer.remembered("a\uD800b")).isEmpty();
        assertThat(scorer.remembered("AA")).hasValue(2);
    }

    @Test
    void withoutEntriesNothingIsRemembered() {
        var scorer = new CachingScorer(lengths, text -> text, 0);

        scorer.scores(List.of("ab"));

        assertThat(scorer.remembered("ab")).isEmpty();
    }
}
