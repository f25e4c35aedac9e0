package pointsman.fleet.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running engine. Its standard input is its lifeline: it is held open as long as the engine shall live, and the
/// operating system closes it when this program dies, however it dies.
final class EngineProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(EngineProcess.class);
    private static final int KEPT_LINES = 5;
    private static final int LINE_CHARACTERS = 500;

    private final Process process;
    private final Duration stopTimeout;
    private final ArrayDeque<String> lastLines = new ArrayDeque<>();
    private final Thread drain;

    private EngineProcess(Process process, Duration stopTimeout, String name) {
        this.process = process;
        this.stopTimeout = stopTimeout;
        this.drain = Thread.ofVirtual().name("drain-" + name).start(this::drain);
    }

    static EngineProcess start(Engine.Launch launch, Duration stopTimeout, String name) throws IOException {
        var builder = new ProcessBuilder(launch.command()).redirectErrorStream(true);
        EngineEnvironment.strip(builder.environment());
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        var engine = new EngineProcess(process, stopTimeout, name);
        try {
            var input = process.outputWriter(UTF_8);
            input.write(launch.firstLine() + "\n");
            input.flush();
        } catch (IOException _) {
            // It has ended already; whoever waits for it learns that, and reads in its last words why.
            log.debug("engine {} did not read its settings", name);
        }
        return engine;
    }

    long pid() {
        return process.pid();
    }

    /// Waits for its end, and returns at once when it comes.
    boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// How it ended, and the last lines that it wrote.
    String obituary() throws InterruptedException {
        drain.join(stopTimeout);
        synchronized (lastLines) {
            return "ended with code " + process.exitValue() + (lastLines.isEmpty() ? "" : ": ")
                    + String.join(" | ", lastLines);
        }
    }

    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /// Asks it to go, and kills it where it does not go in time. Nothing of it is left afterwards.
    @Override
    public void close() {
        var children = process.descendants().toList();
        try {
            process.outputWriter(UTF_8).close();
        } catch (IOException _) {
            log.debug("engine {} has closed its input", process.pid());
        }
        process.destroy();
        try {
            if (!endsWithin(stopTimeout)) {
                log.warn("engine process {} does not stop within {}: killed", process.pid(), stopTimeout);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        kill();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    private void drain() {
        try (var reader = process.inputReader(UTF_8)) {
            for (var line = readLine(reader); !line.isEmpty(); line = readLine(reader)) {
                remember(line.strip());
            }
        } catch (IOException _) {
            // The process was killed while its output was read: there is no more of it.
        }
    }

    private void remember(String line) {
        log.debug("{}", line);
        synchronized (lastLines) {
            lastLines.addLast(line);
            if (lastLines.size() > KEPT_LINES) {
                lastLines.removeFirst();
            }
        }
    }

    /// Up to and with the next line feed, or as much of it as a line may have; empty at the end.
    private static String readLine(Reader reader) throws IOException {
        var line = new StringBuilder();
        for (var c = reader.read(); c >= 0; c = reader.read()) {
            line.append((char) c);
            if (c == '\n' || line.length() == LINE_CHARACTERS) {
                break;
            }
        }
        return line.toString();
    }
}
