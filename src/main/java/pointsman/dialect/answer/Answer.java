package pointsman.dialect.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.usage.TokenUsage;

/// An answer as its steps have built it so far.
public final class Answer {
    private static final int PIECE = 200;

    private final List<Piece> pieces = new ArrayList<>();
    private String id = "";
    private String model = "";
    private Reason reason = Reason.COMPLETE;
    private String stopSequence = "";
    private int characters;
    private boolean isOpen;

    /// Takes the next step.
    public void take(AnswerEvent event) {
        switch (event) {
            case AnswerEvent.Begun begun -> {
                id = begun.id();
                model = begun.model();
            }
            case AnswerEvent.Opened(var kind) -> {
                pieces.add(new Piece(kind));
                isOpen = true;
            }
            case AnswerEvent.Delta(var text) -> {
                pieces.getLast().text.append(text);
                characters += text.length();
            }
            case AnswerEvent.Signed(var signature) -> pieces.getLast().signature = signature;
            case AnswerEvent.Closed _ -> isOpen = false;
            case AnswerEvent.Finished finished -> {
                reason = finished.reason();
                stopSequence = finished.stopSequence();
            }
        }
    }

    public String id() {
        return id;
    }

    public String model() {
        return model;
    }

    public List<Piece> pieces() {
        return pieces;
    }

    /// Whether its last part is still open.
    public boolean isOpen() {
        return isOpen;
    }

    public Reason reason() {
        return reason;
    }

    public String stopSequence() {
        return stopSequence;
    }

    /// Characters that are kept of it, each part counted for some.
    public int kept() {
        return characters + PIECE * pieces.size();
    }

    /// Characters of text so far.
    public int characters() {
        return characters;
    }

    /// One part, as far as it has come.
    public static final class Piece {
        private final Kind kind;
        private final StringBuilder text = new StringBuilder();
        private String signature = "";

        private Piece(Kind kind) {
            this.kind = kind;
        }

        public Kind kind() {
            return kind;
        }

        public String text() {
            return text.toString();
        }

        public Optional<String> signature() {
            return Optional.of(signature).filter(name -> !name.isEmpty());
        }
    }

    /// What all writers of an answer are told beside its steps.
    ///
    /// @param usage as stated
    /// @param estimate of the same, for dialects that cannot leave it out
    public record Tokens(Optional<TokenUsage> usage, TokenUsage estimate) {
        public TokenUsage known() {
            return usage.orElse(estimate);
        }
    }
}
