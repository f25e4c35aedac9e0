package pointsman.testing.failover;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// What the gateway's ledger says of each request. It writes a line for each, and here nobody else reads
/// them.
final class LedgerLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private static final Logger LEDGER = (Logger) LoggerFactory.getLogger("pointsman.usage.Ledger");
    private static final Pattern REQUEST = Pattern.compile("request=(\\S+)");

    private final Map<String, List<String>> lines = new ConcurrentHashMap<>();
    private final boolean wasAdditive = LEDGER.isAdditive();
    private final @Nullable Level level = LEDGER.getLevel();

    /// Listens from now on; only after the gateway's start, which sets all loggers anew.
    static LedgerLines listen() {
        var lines = new LedgerLines();
        lines.setContext(LEDGER.getLoggerContext());
        lines.start();
        LEDGER.setLevel(Level.INFO);
        LEDGER.setAdditive(false);
        LEDGER.addAppender(lines);
        return lines;
    }

    /// What was booked for a request by its id.
    List<String> of(String request) {
        return List.copyOf(lines.getOrDefault(request, List.of()));
    }

    @Override
    protected void append(ILoggingEvent event) {
        var line = event.getFormattedMessage();
        var request = REQUEST.matcher(line);
        if (request.find()) {
            lines.computeIfAbsent(request.group(1), _ -> new CopyOnWriteArrayList<>())
                    .add(line);
        }
    }

    @Override
    public void close() {
        LEDGER.detachAppender(this);
        LEDGER.setAdditive(wasAdditive);
        LEDGER.setLevel(level);
        stop();
    }
}
