package pointsman.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsyncLogTest {
    private static final int LINES = 5_000;

    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("some");
    private final Console console = new Console();

    @Test
    void aConsoleThatNobodyReadsHoldsNobodyAndAStopWritesWhatIsLeft() {
        putConsole();

        IntStream.range(0, LINES).forEach(line -> log.info("line {}", line));
        console.isRead.countDown();
        context.stop();

        assertThat(console.lines)
                .containsExactlyElementsOf(IntStream.range(0, LINES)
                        .mapToObj(line -> "line " + line)
                        .toList());
    }

    @Test
    void aLogThatIsTooFarBehindLosesLines() {
        putConsole();

        IntStream.range(0, 4 * LINES).forEach(line -> log.info("line {}", line));
        console.isRead.countDown();
        context.stop();

        assertThat(console.lines).hasSizeBetween(LINES, 4 * LINES - 1).startsWith("line 0", "line 1");
    }

    @Test
    void oneQueueIsEnough() {
        putConsole();
        AsyncLog.putBefore(root());

        assertThat(root().iteratorForAppenders()).toIterable().hasSize(1);
    }

    private void putConsole() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        console.setContext(context);
        console.start();
        root().addAppender(console);
        AsyncLog.putBefore(root());
    }

    private Logger root() {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /// Writes nothing before it is read, and cannot be interrupted.
    private static final class Console extends AppenderBase<ILoggingEvent> {
        final CountDownLatch isRead = new CountDownLatch(1);
        final List<String> lines = new ArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            while (isRead.getCount() > 0) {
                Thread.onSpinWait();
            }
            lines.add(event.getFormattedMessage());
        }
    }
}
