package pointsman.dialect;

import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.chat.ChatStream;
import pointsman.dialect.chat.CompletionFacts;
import pointsman.dialect.messages.MessageFacts;
import pointsman.dialect.messages.MessagesStream;
import pointsman.dialect.responses.ResponseFacts;
import pointsman.dialect.responses.ResponsesStream;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.core.JacksonException;

/// The way between a client and an upstream of the same dialect: what is answered passes as it is, and is
/// read on the way.
record StraightPassage(String upstream, Dialect dialect, boolean usageAsked, byte[] body) implements Passage {
    @Override
    public WholeAnswer answer(byte[] answer) {
        return switch (dialect) {
            case OPENAI_CHAT -> completion(answer);
            case ANTHROPIC_MESSAGES -> message(answer);
            case OPENAI_RESPONSES -> response(answer);
        };
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        return switch (dialect) {
            case OPENAI_CHAT -> new ChatStream(upstream, !usageAsked, maxEventBytes);
            case ANTHROPIC_MESSAGES -> new MessagesStream(upstream, maxEventBytes);
            case OPENAI_RESPONSES -> new ResponsesStream(upstream, maxEventBytes);
        };
    }

    private WholeAnswer completion(byte[] answer) {
        try {
            var usage = new UsageReader();
            var facts = CompletionFacts.read(answer, usage);
            if (!facts.hasChoices()) {
                throw invalid("it has no choices");
            }
            return new WholeAnswer(answer, facts.characters(), usage.total());
        } catch (JacksonException _) {
            throw invalid(Json.fault(answer));
        }
    }

    private WholeAnswer message(byte[] answer) {
        var facts = MessageFacts.read(upstream, answer);
        return new WholeAnswer(answer, facts.characters(), facts.usage());
    }

    private WholeAnswer response(byte[] answer) {
        var facts = ResponseFacts.read(upstream, answer);
        return new WholeAnswer(answer, facts.characters(), facts.usage());
    }

    private FailureException invalid(String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }
}
