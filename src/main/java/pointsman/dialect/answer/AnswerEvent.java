package pointsman.dialect.answer;

import java.util.UUID;

/// A step of an answer, in words of no dialect. A buffered answer is read as the same steps as a streamed
/// one, each part in one piece: that is why both translate to the same.
///
/// An answer begins, then has parts one after the other (each opened, filled, closed), and finishes. There is
/// never more than one open part, whatever order an upstream sends its tool calls in.
public sealed interface AnswerEvent {
    /// Whether it says something of the answer, and is not its frame alone.
    default boolean saysSomething() {
        return switch (this) {
            case Begun _, Signed _, Closed _ -> false;
            case Delta(var text) -> !text.isEmpty();
            case Opened(var kind) -> kind instanceof Kind.Call || kind instanceof Kind.Redacted;
            case Finished _ -> true;
        };
    }

    /// The answer begins.
    record Begun(String id, String model) implements AnswerEvent {
        /// The beginning with the id that the upstream gave, or a new one if it gave none.
        public static Begun of(String id, String model) {
            return new Begun(id.isEmpty() ? UUID.randomUUID().toString() : id, model);
        }
    }

    /// A part begins.
    record Opened(Kind kind) implements AnswerEvent {}

    /// More of the open part: words, thoughts, or the JSON of arguments.
    record Delta(String text) implements AnswerEvent {}

    /// The open thought is signed.
    record Signed(String signature) implements AnswerEvent {}

    /// The open part is complete.
    record Closed() implements AnswerEvent {}

    /// Nothing more comes.
    ///
    /// @param stopSequence the word that ended the answer; empty if none did, or nobody says
    record Finished(Reason reason, String stopSequence) implements AnswerEvent {}

    /// What a part is.
    sealed interface Kind {
        record Text() implements Kind {}

        /// Words by which the model declines.
        record Refusal() implements Kind {}

        record Thinking() implements Kind {}

        /// Thoughts that only Anthropic can read, complete.
        record Redacted(String data) implements Kind {}

        /// A call of a tool; what follows are its arguments.
        ///
        /// @param namespace of the tool; empty if it has none
        /// @param isCustom whether what follows is a text for the tool instead of arguments
        public record Call(String id, String namespace, String name, boolean isCustom) implements Kind {
            /// A call of a function, as an upstream names it.
            public Call(String id, String name) {
                this(id, "", name, false);
            }
        }
    }

    /// Why an answer ended.
    enum Reason {
        /// It was complete, or a stop sequence came.
        COMPLETE,
        /// It reached a limit of tokens.
        LENGTH,
        /// Tools are to be called.
        CALLS,
        /// The model or a filter declined.
        DECLINED
    }
}
