package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void keysTakeTurns() {
        var ring = ring("a", "b", "c");

        assertThat(next(ring, 4)).containsExactly("a", "b", "c", "a");
    }

    @Test
    void aConversationStaysWithItsKey() {
        var ring = ring("a", "b", "c");

        var places = IntStream.range(0, 5).mapToObj(_ -> ring.next(Optional.of(-7)));

        assertThat(places.distinct()).hasSize(1);
    }

    @Test
    void aKeyThatRestsIsPassedOver() {
        var ring = ring("a", "b", "c");

        ring.rest(1, MINUTE);

        assertThat(next(ring, 3)).containsExactly("a", "c", "c");
    }

    @Test
    void aConversationWhoseKeyRestsGoesOnWithTheNext() {
        var ring = ring("a", "b");

        ring.rest(1, MINUTE);

        assertThat(ring.next(Optional.of(1))).contains(0);
    }

    @Test
    void aRestComesToAnEnd() {
        var ring = ring("a", "b");
        ring.rest(0, MINUTE);

        nanos.addAndGet(MINUTE.toNanos());

        assertThat(next(ring, 2)).containsExactly("a", "b");
    }

    @Test
    void whereAllRestThereIsNone() {
        var ring = ring("a", "b");

        ring.rest(0, MINUTE);
        ring.rest(1, MINUTE);

        assertThat(ring.next(Optional.empty())).isEmpty();
        assertThat(ring.next(Optional.of(3))).isEmpty();
    }

    @Test
    void whatIsNoKeyOrStandsTwiceIsNotCounted() {
        assertThat(ring("a", "", "a").size()).isEqualTo(1);
        assertThat(ring().first().isEmpty()).isTrue();
        assertThat(ring().next(Optional.empty())).isEmpty();
    }

    private static List<String> next(KeyRing ring, int times) {
        return IntStream.range(0, times)
                .mapToObj(
                        _ -> ring.at(ring.next(Optional.empty()).orElseThrow()).value())
                .toList();
    }

    private KeyRing ring(String... keys) {
        return new KeyRing(Arrays.stream(keys).map(ApiKey::new).toList(), nanos::get);
    }
}
