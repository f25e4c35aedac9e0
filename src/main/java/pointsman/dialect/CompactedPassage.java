package pointsman.dialect;

import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.responses.ResponseFacts;

/// The way of a conversation that OpenAI is to make shorter. What it answers passes as it is, and is never
/// streamed.
record CompactedPassage(String upstream, byte[] body) implements Passage {
    @Override
    public WholeAnswer answer(byte[] answer) {
        var facts = ResponseFacts.read(upstream, answer);
        return new WholeAnswer(answer, facts.characters(), facts.usage());
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        throw new IllegalStateException("nothing that is made shorter is streamed");
    }
}
