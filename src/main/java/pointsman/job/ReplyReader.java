package pointsman.job;

import java.util.List;

/// Makes answers for the items of a question out of what the upstream sent.
public interface ReplyReader {
    /// What the questions ask.
    Endpoint endpoint();

    /// Reads an answer.
    ///
    /// @param question that was asked
    /// @param body what came back
    List<ItemAnswer> read(Question question, byte[] body);
}
