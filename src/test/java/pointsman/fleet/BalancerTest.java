package pointsman.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.testing.SampleModel;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class BalancerTest {
    private static final Deployment A = deployment("a", 1);
    private static final Deployment B = deployment("b", 1);
    private static final Deployment HEAVY = deployment("heavy", 3);

    private final AtomicLong nanos = new AtomicLong(1);
    private final Balancer balancer = new Balancer(nanos::get);

    @Test
    void theLeastLoadedIsAskedFirst() {
        load(A, 1);

        assertThat(order(List.of(A, B))).containsExactly(B, A);
    }

    @Test
    void loadIsMeasuredByWeight() {
        load(A, 1);
        load(HEAVY, 2);

        assertThat(order(List.of(A, HEAVY))).containsExactly(HEAVY, A);
    }

    @Test
    void whoRestsIsAskedLast() {
        load(B, 5);

        assertThat(balancer.order(List.of(A, B), Optional.empty(), each -> each.equals(B)))
                .containsExactly(B, A);
    }

    @Test
    void whereAllRestAllAreTried() {
        assertThat(balancer.order(List.of(A, B), Optional.of(7), _ -> false)).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void aConversationHasOnePlaceWhoeverIsABitLessLoaded() {
        var home = home(7);

        load(home, 1);

        assertThat(home(7)).isEqualTo(home);
    }

    @Test
    void aPlaceThatIsLoadedBeyondTheOthersIsGivenUp() {
        var home = home(7);

        load(home, 2);

        assertThat(home(7)).isNotEqualTo(home);
    }

    @Test
    void aPlaceThatIsMuchSlowerToSpeakIsGivenUp() {
        var home = home(7);

        answers(home, Duration.ofMillis(500));
        answers(home.equals(A) ? B : A, Duration.ofMillis(50));

        assertThat(home(7)).isNotEqualTo(home);
    }

    @Test
    void aPlaceThatIsABitSlowerIsKept() {
        var home = home(7);

        answers(home, Duration.ofMillis(200));
        answers(home.equals(A) ? B : A, Duration.ofMillis(50));

        assertThat(home(7)).isEqualTo(home);
    }

    @Test
    void conversationsHaveTheirPlacesByWeight() {
        var places = IntStream.range(0, 4_000)
                .mapToObj(number -> balancer.order(List.of(A, HEAVY), Optional.of(number), _ -> true)
                        .getFirst())
                .collect(Collectors.groupingBy(Deployment::name, Collectors.counting()));

        assertThat(places.get("heavy")).isBetween(2_850L, 3_150L);
    }

    @Test
    void whoseOwnPlaceRestsGoesElsewhereAndNobodyElseMoves() {
        var third = deployment("c", 1);
        var all = List.of(A, B, third);

        var moved = IntStream.range(0, 1_000).filter(number -> {
            var before = balancer.order(all, Optional.of(number), _ -> true).getFirst();
            var after = balancer.order(all, Optional.of(number), each -> !each.equals(third))
                    .getFirst();
            return !before.equals(third) && !before.equals(after);
        });

        assertThat(moved).isEmpty();
    }

    private Deployment home(int conversation) {
        return balancer.order(List.of(A, B), Optional.of(conversation), _ -> true)
                .getFirst();
    }

    private List<Deployment> order(List<Deployment> all) {
        return balancer.order(all, Optional.empty(), _ -> true);
    }

    private void load(Deployment on, int calls) {
        IntStream.range(0, calls)
                .forEach(_ -> balancer.load(on).watch(Flux.never()).subscribe());
    }

    private void answers(Deployment one, Duration after) {
        var parts = Sinks.many().unicast().<String>onBackpressureBuffer();
        balancer.load(one).watch(parts.asFlux()).subscribe();
        nanos.addAndGet(after.toNanos());
        parts.tryEmitNext("a").orThrow();
        parts.tryEmitComplete().orThrow();
    }

    private static Deployment deployment(String name, int weight) {
        return SampleModel.named("large").deployment(name, "http://127.0.0.1:9/v1", weight);
    }
}
