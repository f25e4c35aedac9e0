package pointsman.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

class BodyBudgetTest {
    private static final long BIG = 1 << 20;
    private static final long SMALL = 10_000;

    private final BodyBudget budget = new BodyBudget(1_000_000, 50);

    @Test
    void whatDoesNotFitIsNotTaken() {
        assertThat(budget.take("a", 800_001, BIG)).isFalse();
        assertThat(budget.take("a", 800_000, BIG)).isTrue();
        assertThat(budget.take("b", 1, BIG)).isFalse();
        assertThat(budget.taken()).isEqualTo(800_000);
    }

    @Test
    void theLastPartsAreForSmallBodies() {
        budget.take("a", 800_000, BIG);

        assertThat(budget.take("b", 100_000, SMALL)).isTrue();
        assertThat(budget.take("c", 60_000, SMALL)).isFalse();
        assertThat(budget.take("c", 60_000, 100)).isTrue();
    }

    @Test
    void oneTenantLeavesTheOthersTheirPart() {
        budget.take("a", 300_000, BIG);

        assertThat(budget.take("a", 300_000, BIG)).isFalse();
        assertThat(budget.take("b", 300_000, BIG)).isTrue();
    }

    @Test
    void whoHoldsNothingMayHaveWhateverFits() {
        assertThat(budget.take("a", 700_000, BIG)).isTrue();
        assertThat(budget.take("a", 1, BIG)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        budget.take("a", 800_000, BIG);
        budget.give("a", 800_000);

        assertThat(budget.take("b", 800_000, BIG)).isTrue();
    }

    @Test
    void aClaimGrowsWithItsBodyAndIsGivenBackOnce() {
        var claim = new BodyClaim(budget, "a");
        claim.claim(1_000, 0);
        claim.claim(2_000, 10);
        assertThat(budget.taken()).isEqualTo(2_000 * BodyClaim.BYTE_WEIGHT + 10 * BodyClaim.NODE_WEIGHT);

        claim.release();
        claim.release();
        claim.claim(5_000, 0);

        assertThat(budget.taken()).isZero();
    }

    @Test
    void aClaimForMoreThanCameIsSettled() {
        var claim = new BodyClaim(budget, "a");
        claim.claim(9_000, 0);
        claim.settle(100, 1);

        assertThat(budget.taken()).isEqualTo(100 * BodyClaim.BYTE_WEIGHT + BodyClaim.NODE_WEIGHT);
    }

    @Test
    void aBodyThatNeverFitsIsTooLargeAndOneThatDoesNotFitNowMayComeAgain() {
        assertThat(failure(new BodyClaim(budget, "a"), 100_000)).satisfies(never -> {
            assertThat(never.status()).isEqualTo(413);
            assertThat(never.code()).isEqualTo("body_too_large");
        });
        new BodyClaim(budget, "a").claim(70_000, 0);
        assertThat(failure(new BodyClaim(budget, "b"), 70_000)).satisfies(now -> {
            assertThat(now.status()).isEqualTo(503);
            assertThat(now.code()).isEqualTo("overloaded");
            assertThat(now.retryAfter()).isPresent();
        });
    }

    @Test
    void workThatOutlivesItsRequestHoldsTheClaim() {
        var claim = new BodyClaim(budget, "a");
        claim.claim(1_000, 0);

        var heldMeanwhile = new AtomicLong();
        claim.during(() -> {
            claim.release();
            heldMeanwhile.set(budget.taken());
        });

        assertThat(heldMeanwhile).hasValue(1_000 * BodyClaim.BYTE_WEIGHT);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void workIsNotBegunForARequestThatHasEnded() {
        var claim = new BodyClaim(budget, "a");
        claim.release();

        claim.during(() -> {
            throw new AssertionError("It was begun.");
        });
    }

    private static Failure failure(BodyClaim claim, long bytes) {
        try {
            claim.claim(bytes, 0);
            throw new AssertionError("It was granted.");
        } catch (FailureException refused) {
            return refused.failure();
        }
    }
}
