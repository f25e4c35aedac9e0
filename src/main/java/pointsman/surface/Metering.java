package pointsman.surface;

import pointsman.dialect.wire.SseEvent;
import pointsman.dialect.wire.SseSplitter;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.RawPart;
import pointsman.usage.TokenUsage;
import pointsman.usage.Units;
import pointsman.usage.Units.Unit;

/// Reads of an answer, as it passes, what it is charged by. The parts come one after the other;
/// what was read may be asked for on another thread.
final class Metering {
    /// One event may hold an image.
    private static final int LONGEST_EVENT = 32 << 20;

    private final SurfaceRequest request;
    private final SseSplitter splitter = new SseSplitter(LONGEST_EVENT);
    private volatile TokenUsage usage = TokenUsage.none();
    private volatile double amount;
    private boolean isLost;

    Metering(SurfaceRequest request) {
        this.request = request;
    }

    /// Takes the next piece.
    ///
    /// @param deployment that it comes from, for failures
    /// @throws FailureException a [Failure.UpstreamInvalidAnswer] if it is none of this surface's answers
    void take(RawPart part, String deployment) {
        if (!request.surface().answers(part.head())) {
            throw invalid(
                    deployment,
                    "its content type is '%s'".formatted(shortened(part.head().contentType())));
        }
        if (part.head().isJson()) {
            see(AnswerFacts.read(part.bytes(), 0, part.bytes().length)
                    .orElseThrow(() -> invalid(deployment, "it is no whole JSON object")));
        } else if (part.head().isEvents()) {
            events(part.bytes());
        }
    }

    /// An event that is too long to be read passes all the same.
    private void events(byte[] bytes) {
        if (isLost) {
            return;
        }
        try {
            splitter.split(bytes, this::event);
        } catch (SseSplitter.EventTooLongException _) {
            isLost = true;
        }
    }

    private void event(SseEvent event) {
        if (event.hasData() && event.isOneLine()) {
            AnswerFacts.read(event.bytes(), event.dataFrom(), event.dataTo() - event.dataFrom())
                    .ifPresent(this::see);
        }
    }

    private void see(AnswerFacts facts) {
        facts.tokens().ifPresent(stated -> usage = stated);
        switch (request.surface().unit()) {
            case IMAGES -> amount = facts.type().endsWith(".completed") ? amount + 1 : Math.max(amount, facts.items());
            case SECONDS -> facts.seconds().ifPresent(seconds -> amount = seconds);
            case SEARCHES -> amount = facts.searches().orElse(1);
            case CHARACTERS, TOKENS -> {}
        }
    }

    /// The tokens that were stated so far.
    TokenUsage usage() {
        return usage;
    }

    /// What else it is charged by, as far as it is known.
    ///
    /// @param isAsked whether somebody may have begun to do it: a text that is spoken is charged by
    ///     its length
    Units units(boolean isAsked) {
        return switch (request.surface().unit()) {
            case TOKENS -> Units.NONE;
            case CHARACTERS -> Units.of(Unit.CHARACTERS, isAsked ? (double) request.characters() : 0);
            case IMAGES -> Units.of(Unit.IMAGES, amount);
            case SECONDS -> Units.of(Unit.SECONDS, amount);
            case SEARCHES -> Units.of(Unit.SEARCHES, amount);
        };
    }

    private static FailureException invalid(String deployment, String what) {
        return new Failure.UpstreamInvalidAnswer(deployment, what).asException();
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
