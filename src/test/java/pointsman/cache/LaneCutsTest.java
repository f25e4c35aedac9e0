package pointsman.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LaneCutsTest {
    @Test
    void lanesAreCutWhereLittleIsShared() {
        var shared = IntStream.range(0, 40).map(row -> row % 13 == 0 ? 0 : 8).toArray();
        var sizes = IntStream.range(0, 40).map(_ -> 10).toArray();
        var cuts = new LaneCuts(shared, sizes);

        assertThat(cuts.starts(3)).containsExactly(0, 13, 26);
        assertThat(cuts.starts(1)).containsExactly(0);
        assertThatThrownBy(() -> cuts.starts(0)).hasMessage("a plan has one lane or more, not 0");
    }

    @Property(tries = 100)
    void lanesCoverAllPromptsInAscendingPieces(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 80) int prompts,
            @ForAll @IntRange(min = 1, max = 100) int lanes) {
        var random = new Random(seed);
        var sizes = random.ints(prompts, 0, 50).toArray();
        var shared = IntStream.of(sizes).map(size -> random.nextInt(size + 1)).toArray();

        int[] starts = new LaneCuts(shared, sizes).starts(lanes);

        assertThat(starts[0]).isZero();
        assertThat(starts.length).isLessThanOrEqualTo(lanes);
        assertThat(starts).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.of(starts).max().orElseThrow()).isLessThan(prompts);
    }
}
