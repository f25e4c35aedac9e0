package pointsman.failure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BareErrorTest {
    private static final String SECRET = "a prompt that nobody may log";

    @Test
    void itSaysWhatHappenedAndWhere() {
        var error = new IllegalStateException(SECRET);

        var bare = BareError.of(error);

        assertThat(bare).hasMessage("java.lang.IllegalStateException");
        assertThat(bare.getStackTrace()).isEqualTo(error.getStackTrace());
    }

    @Test
    void itSaysNothingOfWhatItHappenedTo() {
        var error = new IllegalStateException(SECRET, new IllegalArgumentException(SECRET));
        error.addSuppressed(new IllegalStateException(SECRET));

        var bare = BareError.of(error);

        assertThat(bare).hasStackTraceContaining("IllegalArgumentException").hasNoSuppressedExceptions();
        assertThat(bare.getCause()).hasMessage("java.lang.IllegalArgumentException");
        assertThat(bare).extracting(Throwable::toString).asString().doesNotContain(SECRET);
    }

    @Test
    void itFollowsCausesToADepth() {
        var error = new Exception("0");
        for (int depth = 1; depth < 30; depth++) {
            error = new Exception(Integer.toString(depth), error);
        }

        int depth = 0;
        for (Throwable cause = BareError.of(error); cause != null; cause = cause.getCause()) {
            depth++;
        }

        assertThat(depth).isEqualTo(9);
    }
}
