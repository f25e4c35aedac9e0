package pointsman.dialect;

import java.util.List;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.conversation.ToolNames;

/// A way on which another body is sent than the dialect alone would have: with a mark for a cache, or
/// without what an engine must not see.
///
/// @param passage reads the answer
/// @param body what is sent
/// @param dropped the names of what of the request is left out on the way
record AmendedPassage(Passage passage, byte[] body, List<String> dropped) implements Passage {
    @Override
    public ToolNames names() {
        return passage.names();
    }

    @Override
    public WholeAnswer answer(byte[] answer) {
        return passage.answer(answer);
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        return passage.stream(maxEventBytes);
    }
}
