package pointsman.dialect.continuation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Piece;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Finished;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.wire.Json;

/// Joins the words of a model that was asked for the rest. Its thoughts are left out where words were told
/// already: they would stand behind them. What has to be JSON is told when the joined whole is.
public final class WordsJoint implements Joint {
    private final String said;
    private final boolean isJson;
    private final Seam seam;
    private final List<AnswerEvent> held = new ArrayList<>();
    private final StringBuilder more = new StringBuilder();
    private final boolean hasWords;
    private boolean isOpen;
    private boolean isThinking;
    private Part part = Part.NONE;

    private enum Part {
        NONE,
        /// The words go on.
        WORDS,
        /// The thoughts go on.
        THOUGHTS,
        LEFT_OUT,
        NEW
    }

    /// @param told what the client has of the answer
    /// @param isExact whether the model goes on in its own message, and was not asked in words
    /// @param isJson whether the answer has to be JSON
    public WordsJoint(Answer told, boolean isExact, boolean isJson) {
        this.said = words(told);
        this.isJson = isJson;
        this.seam = new Seam(said, isExact);
        this.hasWords = told.pieces().stream().anyMatch(piece -> piece.kind() instanceof Kind.Text);
        this.isOpen = told.isOpen();
        this.isThinking = isOpen && told.pieces().getLast().kind() instanceof Kind.Thinking;
    }

    /// The words of an answer.
    public static String words(Answer told) {
        return told.pieces().stream()
                .filter(piece -> piece.kind() instanceof Kind.Text)
                .map(Piece::text)
                .collect(Collectors.joining());
    }

    @Override
    public boolean take(AnswerEvent step, Consumer<AnswerEvent> next) {
        if (!isJson) {
            join(step, next);
            return true;
        }
        join(step, held::add);
        if (!(step instanceof Finished)) {
            return true;
        }
        if (isJson(said + more)) {
            held.forEach(next);
            return true;
        }
        return false;
    }

    private static boolean isJson(String text) {
        return Json.object(text).isPresent();
    }

    private void join(AnswerEvent step, Consumer<AnswerEvent> next) {
        switch (step) {
            case AnswerEvent.Begun _ -> {}
            case Opened(var kind) -> opens(kind, next);
            case Delta(var text) -> says(text, next);
            case AnswerEvent.Signed _ -> {
                if (part == Part.NEW) {
                    next.accept(step);
                }
            }
            case Closed _ -> closes(next);
            case Finished _ -> {
                closeOpen(next);
                next.accept(step);
            }
        }
    }

    private void opens(Kind kind, Consumer<AnswerEvent> next) {
        part = switch (kind) {
            case Kind.Text _ -> hasWords ? Part.WORDS : Part.NEW;
            case Kind.Thinking _ -> hasWords ? Part.LEFT_OUT : isThinking ? Part.THOUGHTS : Part.NEW;
            case Kind.Redacted _ -> hasWords || isThinking ? Part.LEFT_OUT : Part.NEW;
            case Kind.Refusal _, Kind.Call _ -> Part.NEW;
        };
        if (part == Part.NEW) {
            closeOpen(next);
            isOpen = true;
            next.accept(new Opened(kind));
        }
    }

    private void says(String text, Consumer<AnswerEvent> next) {
        switch (part) {
            case WORDS -> tell(seam.take(text), next);
            case THOUGHTS, NEW -> tell(text, next);
            case NONE, LEFT_OUT -> {}
        }
    }

    /// Words that come behind a text which was closed already open another one.
    private void tell(String text, Consumer<AnswerEvent> next) {
        if (text.isEmpty()) {
            return;
        }
        if (!isOpen) {
            isOpen = true;
            next.accept(new Opened(new Kind.Text()));
        }
        more.append(part == Part.THOUGHTS ? "" : text);
        next.accept(new Delta(text));
    }

    private void closes(Consumer<AnswerEvent> next) {
        switch (part) {
            case WORDS, NEW -> closeOpen(next);
            case NONE, THOUGHTS, LEFT_OUT -> {}
        }
        part = Part.NONE;
    }

    private void closeOpen(Consumer<AnswerEvent> next) {
        if (hasWords) {
            tell(seam.end(), next);
        }
        if (isOpen) {
            isOpen = false;
            isThinking = false;
            next.accept(new Closed());
        }
    }
}
