package pointsman.testing;

import java.util.List;

/// How a [FaultyUpstream] says its words on one of its routes.
interface WordWire {
    /// The wire format of a route.
    static WordWire of(String path) {
        return path.endsWith("/messages") ? new MessagesWords() : new ChatWords();
    }

    /// What an answer says of itself.
    ///
    /// @param id of the answer
    /// @param wantsUsage whether a chat's stream was asked for it
    record Speaker(String id, String model, int inputTokens, boolean wantsUsage) {}

    /// What comes before the first word of a stream.
    List<String> opening(Speaker speaker);

    /// The event of one word.
    String word(Speaker speaker, String text);

    /// The beginning of an event that was cut in the middle, with the blank line that ends it.
    String cutWord(Speaker speaker);

    /// Why the answer ended, and its usage.
    List<String> closing(Speaker speaker, int outputTokens);

    /// The mark of the proper end.
    String done();

    /// What says in a stream that it is still alive.
    String keepAlive();

    /// A whole answer.
    String buffered(Speaker speaker, String text, int outputTokens);

    /// A whole answer that says nothing.
    String bufferedNothing(Speaker speaker);

    /// The body of a refusal.
    String error(Complaint complaint);

    /// The event that reports an error within a stream.
    String errorEvent(Complaint complaint);
}
