package pointsman.score;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Makes a call on a thread with a deep stack. When ONNX Runtime 1.29 makes its environment it recurses once for every
/// few characters of the process's command line, and one with a long class path (15,000 characters, as
/// `spring-boot:run`
/// has) overflows the megabyte of a Java thread. In native code that is no exception, but the end of the process.
final class DeepStack {
    private static final long STACK_BYTES = 256L << 20;

    private DeepStack() {}

    /// What the supplier gives.
    static <T> T call(Supplier<T> supplier) {
        var call = new FutureTask<>(supplier::get);
        new Thread(null, call, "deep-stack", STACK_BYTES).start();
        try {
            return call.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("ONNX Runtime could not be loaded", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while ONNX Runtime was loaded", interrupted);
        }
    }
}
