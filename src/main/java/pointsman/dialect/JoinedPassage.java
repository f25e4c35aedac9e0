package pointsman.dialect;

import java.util.List;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.continuation.Joint;
import pointsman.dialect.continuation.ReplayJoint;
import pointsman.dialect.continuation.Rest;
import pointsman.dialect.continuation.WordsJoint;
import pointsman.dialect.conversation.ToolNames;

/// The way of a request for the rest of an answer, and of that rest back.
///
/// @param upstream its name
/// @param spoken its dialect
/// @param body that asks for the rest
/// @param isExact whether the model goes on in its own message
/// @param rest that is asked for
/// @param names what the client calls its tools
/// @param dropped the names of what of the request is left out
record JoinedPassage(
        String upstream,
        UpstreamDialect spoken,
        byte[] body,
        boolean isExact,
        Rest rest,
        ToolNames names,
        List<String> dropped)
        implements Passage {
    @Override
    public WholeAnswer answer(byte[] answer) {
        throw new IllegalStateException("only streams go on");
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        return new JoinedStream(this, maxEventBytes);
    }

    AnswerReader reader() {
        return TranslatedPassage.reader(spoken, upstream);
    }

    Joint joint() {
        var told = rest.told().answer();
        return rest.isReplayed() ? new ReplayJoint(told) : new WordsJoint(told, isExact, rest.isJson());
    }
}
