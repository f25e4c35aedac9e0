package pointsman.testing;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// One start of a [Gateway], however many ask for it: all of them get the same one, or the reason why there
/// is none.
final class GatewayStart {
    private final FutureTask<Gateway> started;

    GatewayStart(String... properties) {
        started = new FutureTask<>(() -> Gateway.with(properties).sharing());
    }

    Gateway get() {
        started.run();
        try {
            return started.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("A shared gateway did not start.", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// The gateway, if it was asked for and runs.
    Optional<Gateway> running() {
        return started.state() == FutureTask.State.SUCCESS ? Optional.of(started.resultNow()) : Optional.empty();
    }
}
