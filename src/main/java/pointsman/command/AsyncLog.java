package pointsman.command;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import java.time.Duration;
import java.util.ArrayList;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/// Takes the writing of the log off the threads that log: there is a line for each request, and it is made on an event
/// loop, which a console that nobody reads would hold for all its connections.
///
/// What Spring set up stays as it is, with a queue before it. A log that is so far behind loses lines rather than
/// holding requests; what a normal stop finds in the queue is written before the process ends.
final class AsyncLog implements ApplicationListener<ApplicationReadyEvent> {
    private static final int LINES = 8_192;
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(5);

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        putBefore((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME));
    }

    /// Puts one queue before all that a logger writes to, unless there is one.
    static void putBefore(Logger logger) {
        var appenders = new ArrayList<Appender<ILoggingEvent>>();
        logger.iteratorForAppenders().forEachRemaining(appenders::add);
        appenders.stream()
                .filter(appender -> !(appender instanceof AsyncAppender))
                .forEach(appender -> queue(logger, appender));
    }

    private static void queue(Logger logger, Appender<ILoggingEvent> appender) {
        var queue = new AsyncAppender();
        queue.setName(appender.getName() + ".queue");
        queue.setContext(logger.getLoggerContext());
        queue.setQueueSize(LINES);
        queue.setDiscardingThreshold(0);
        queue.setNeverBlock(true);
        queue.setMaxFlushTime((int) LONGEST_FLUSH.toMillis());
        queue.addAppender(appender);
        queue.start();
        logger.addAppender(queue);
        logger.detachAppender(appender);
    }
}
