package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.Told;
import pointsman.dialect.continuation.Joint;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;

/// The rest of an answer that broke off, as it comes: read in the dialect of whoever gives it, joined, and
/// written for the client by the writer that told the beginning.
final class JoinedStream extends AnswerStream {
    private final JoinedPassage passage;
    private final AnswerReader reader;
    private final ClientCalls calls;
    private final Joint joint;
    private final Answer answer;
    private int characters;

    JoinedStream(JoinedPassage passage, int maxEventBytes) {
        super(passage.upstream(), maxEventBytes);
        this.passage = passage;
        this.reader = passage.reader();
        this.calls = new ClientCalls(passage.names());
        this.joint = passage.joint();
        this.answer = passage.rest().told().answer();
    }

    @Override
    public Optional<TokenUsage> usage() {
        return reader.usage();
    }

    /// Of this call alone.
    @Override
    public int characters() {
        return characters;
    }

    @Override
    public Optional<Told> told() {
        return Optional.of(passage.rest().told());
    }

    @Override
    protected boolean pass(SseEvent event, ClientBytes out) {
        var sink = out.writer();
        var isWhole = reader.event(event.data(), step -> calls.take(step, given -> join(given, sink)));
        if (isWhole) {
            writeEnding(sink);
        }
        return isWhole;
    }

    @Override
    protected void passComment(SseEvent event, ClientBytes out) {
        // The client has an answer under way: it needs no sign of life of another one.
    }

    @Override
    protected void close(ClientBytes out) {
        var sink = out.writer();
        if (!reader.end(step -> calls.take(step, given -> join(given, sink)))) {
            throw broken("it ended before the answer was whole");
        }
        writeEnding(sink);
    }

    /// What is said again, and told to nobody, is life all the same.
    private void join(AnswerEvent step, ByteArrayOutputStream out) {
        if (step.saysSomething()) {
            says(!answer.pieces().isEmpty() && answer.pieces().getLast().kind() instanceof AnswerEvent.Kind.Call);
        }
        if (step instanceof AnswerEvent.Delta(var text)) {
            characters += text.length();
        }
        if (!joint.take(step, joined -> write(joined, out))) {
            throw broken("what it went on with does not fit");
        }
    }

    private void write(AnswerEvent step, ByteArrayOutputStream out) {
        answer.take(step);
        passage.rest().told().writer().step(step, answer, out);
    }

    private void writeEnding(ByteArrayOutputStream out) {
        var earlier = passage.rest().earlier();
        var estimate = earlier.plus(TokenUsage.estimate(passage.body().length, characters));
        var tokens = new Tokens(reader.usage().map(earlier::plus), estimate);
        passage.rest().told().writer().end(answer, tokens, out);
    }
}
