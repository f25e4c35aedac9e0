package pointsman.testing;

import java.util.List;

/// How a fake provider says things on one of its routes.
interface Wire {
    /// The wire format of the route that was called.
    static Wire of(Call call) {
        return switch (call.path().replaceFirst("^.*/v1", "")) {
            case "/chat/completions" -> new ChatWire();
            case "/responses" -> new ResponsesWire();
            case "/responses/input_tokens" -> BodyWire.inputTokens();
            case "/responses/compact" -> BodyWire.compacted();
            case "/messages" -> new MessagesWire();
            case "/messages/count_tokens" -> BodyWire.tokenCount();
            case "/completions" -> new TextWire();
            case "/embeddings" -> BodyWire.embeddings(call);
            default -> throw new IllegalArgumentException("The fake upstream has no route " + call.path() + ".");
        };
    }

    /// A whole answer with a usage.
    String buffered(String model, Said said);

    /// The events of a stream from its beginning to before its finish reason.
    List<String> begun(String model, Said said);

    /// The events that tell why the answer ended, with its usage where `usage` asks for it.
    List<String> finish(String model, Said said, boolean usage);

    /// The mark of the proper end.
    String done();

    /// What must come before the first [#piece].
    default String opening(String model) {
        return "";
    }

    /// An event with `size` characters of text.
    String piece(String model, int size);

    /// The body of a refusal.
    String error(String message);

    /// The event that reports an error within a stream.
    String errorEvent(String message);
}
