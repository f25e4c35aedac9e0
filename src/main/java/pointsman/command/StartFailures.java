package pointsman.command;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import pointsman.failure.StartRefused;

/// What is printed when the gateway does not start: one sentence that says what is wrong, one that says what to do.
final class StartFailures {
    private StartFailures() {}

    /// A refusal of ours, in its own words.
    static final class Refused extends AbstractFailureAnalyzer<StartRefused> {
        @Override
        protected FailureAnalysis analyze(Throwable rootFailure, StartRefused cause) {
            return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
        }
    }

    /// A value that a room could only judge when it was built; its message begins with the property's whole name.
    static final class BadValue extends AbstractFailureAnalyzer<IllegalArgumentException> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalArgumentException cause) {
            var message = cause.getMessage();
            return message != null && message.startsWith("pointsman.")
                    ? new FailureAnalysis(message, "Correct it in application.yml.", cause)
                    : null;
        }
    }

    /// A property whose value a record did not take: its whole name and the record's reason.
    static final class BadProperty extends AbstractFailureAnalyzer<BindException> {
        @Override
        protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
            var root = NestedExceptionUtils.getRootCause(cause);
            if (!(root instanceof IllegalArgumentException reason) || reason.getMessage() == null) {
                return null;
            }
            return new FailureAnalysis(
                    "%s.%s".formatted(cause.getName(), reason.getMessage()), "Correct it in application.yml.", cause);
        }
    }
}
