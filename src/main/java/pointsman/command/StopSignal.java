package pointsman.command;

import java.lang.reflect.Proxy;

/// SIGTERM is how a gateway is asked to go, and to go when asked is no failure: the process ends with 0, after
/// everything was closed. The JVM alone would end it with 143.
final class StopSignal {
    private StopSignal() {}

    /// From now on SIGTERM ends the process with 0. Where the JVM lets nobody handle it (`java -Xrs`), nothing changes.
    ///
    /// The JDK's one API for signals is supported, though `javac` warns of it and cannot be told not to: hence the
    /// reflection.
    static void endsWithSuccess() {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var exit = Proxy.newProxyInstance(
                    StopSignal.class.getClassLoader(), new Class<?>[] {handler}, (_, _, _) -> exit());
            var terminate = signal.getConstructor(String.class).newInstance("TERM");
            signal.getMethod("handle", signal, handler).invoke(null, terminate, exit);
        } catch (ReflectiveOperationException _) {
            // The process ends as the JVM sees fit.
        }
    }

    private static Void exit() {
        System.exit(0);
        throw new IllegalStateException("the process has ended");
    }
}
