package pointsman.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdsTest {
    @Test
    void theLaterIdIsTheLarger() {
        var ids = IntStream.range(0, 1_000)
                .mapToObj(n -> Ids.at(1_795_800_000_000L + n))
                .toList();

        assertThat(ids).isSorted().allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void idsOfOneMomentDiffer() {
        var ids = IntStream.range(0, 1_000).mapToObj(_ -> Ids.at(7)).collect(Collectors.toSet());

        assertThat(ids).hasSize(1_000);
    }
}
