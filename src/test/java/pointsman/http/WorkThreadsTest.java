package pointsman.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.failure.FailureException;

@Timeout(20)
class WorkThreadsTest {
    @Test
    void whatFindsNoPlaceInTheQueueIsToldToComeAgain() throws InterruptedException {
        var begun = new CountDownLatch(2);
        var end = new CountDownLatch(1);
        try (var threads = new WorkThreads(1, 1, 1)) {
            threads.wait(() -> hold(begun, end)).subscribe();
            threads.compute(() -> hold(begun, end)).subscribe();
            begun.await();
            threads.wait(() -> 0).subscribe();
            threads.compute(() -> 0).subscribe();

            for (var work : List.of(threads.wait(() -> 1), threads.compute(() -> 1))) {
                assertThatThrownBy(work::block)
                        .isInstanceOfSatisfying(
                                FailureException.class,
                                e -> assertThat("%d %s"
                                                .formatted(
                                                        e.failure().status(),
                                                        e.failure().code()))
                                        .isEqualTo("503 overloaded"));
            }
            end.countDown();
        }
    }

    private static int hold(CountDownLatch begun, CountDownLatch end) throws InterruptedException {
        begun.countDown();
        end.await();
        return 0;
    }
}
