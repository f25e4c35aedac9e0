package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CachingScorerTest {
    private final AtomicInteger scored = new AtomicInteger();

    @Test
    void aTextIsScoredOnce() {
        var scorer = new CachingScorer(this::lengths, text -> text, 10);

        assertThat(scorer.scores("ab")).containsExactly(2, -2);
        assertThat(scorer.scores("c")).containsExactly(1, -1);
        assertThat(scorer.scores("ab")).containsExactly(2, -2);
        assertThat(scored).hasValue(2);
    }

    @Test
    void anUnknownTextIsNotRemembered() {
        assertThat(new CachingScorer(this::lengths, text -> text, 10).remembered("ab"))
                .isEmpty();
    }

    @Test
    void textsThatDifferOnlyOutsideTheWindowShareAScore() {
        var scorer = new CachingScorer(this::lengths, new InputWindow(2, 2, 96, 160)::bounded, 10);
        scorer.scores("ab-----yz");

        assertThat(scorer.remembered("ab+++yz"))
                .hasValueSatisfying(scores -> assertThat(scores[0]).isEqualTo(9));
        assertThat(scorer.remembered("ab+++yy")).isEmpty();
    }

    @Test
    void textsWhoseBytesLookAlikeShareNone() {
        var scorer = new CachingScorer(this::lengths, text -> text, 10);
        scorer.scores("AA");
        scorer.scores("a?b");

        assertThat(scorer.remembered("\u4141")).isEmpty();
        assertThat(scorer.remembered("a\uD800b")).isEmpty();
        assertThat(scorer.remembered("AA")).isPresent();
    }

    @Test
    void withoutEntriesNothingIsRemembered() {
        var scorer = new CachingScorer(this::lengths, text -> text, 0);

        scorer.scores("ab");

        assertThat(scorer.remembered("ab")).isEmpty();
    }

    private double[] lengths(String text) {
        scored.incrementAndGet();
        return new double[] {text.length(), -text.length()};
    }
}
