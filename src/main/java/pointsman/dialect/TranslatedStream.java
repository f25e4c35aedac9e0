package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.AnswerWriter;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.Told;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;

/// A stream that is translated event by event, as it comes. The answer is kept until its end, which some
/// dialects repeat: up to the limit of one event.
final class TranslatedStream extends AnswerStream {
    private final TranslatedPassage passage;
    private final AnswerReader reader;
    private final AnswerWriter writer;
    private final ClientCalls calls;
    private final Answer answer = new Answer();
    private final int maxKept;

    TranslatedStream(TranslatedPassage passage, int maxEventBytes) {
        super(passage.upstream(), maxEventBytes);
        this.maxKept = maxEventBytes;
        this.passage = passage;
        this.reader = passage.reader();
        this.writer = passage.writer();
        this.calls = new ClientCalls(passage.names());
    }

    @Override
    public Optional<TokenUsage> usage() {
        return reader.usage();
    }

    @Override
    public int characters() {
        return answer.characters();
    }

    @Override
    protected boolean pass(SseEvent event, ClientBytes out) {
        var sink = out.writer();
        var isWhole = reader.event(event.data(), step -> calls.take(step, given -> write(given, sink)));
        if (answer.kept() + reader.held() > maxKept) {
            throw invalid("it is longer than the limit of %d bytes".formatted(maxKept));
        }
        if (isWhole) {
            writeEnding(sink);
        }
        return isWhole;
    }

    /// Comments keep a connection open in every dialect.
    @Override
    protected void passComment(SseEvent event, ClientBytes out) {
        if (event.bytes()[event.from()] == ':') {
            out.pass(event);
        }
    }

    @Override
    protected void close(ClientBytes out) {
        var sink = out.writer();
        if (!reader.end(step -> calls.take(step, given -> write(given, sink)))) {
            throw broken("it ended before the answer was whole");
        }
        writeEnding(sink);
    }

    @Override
    public Optional<Told> told() {
        return Optional.of(new Told(answer, writer));
    }

    private void write(AnswerEvent step, ByteArrayOutputStream out) {
        answer.take(step);
        if (step.saysSomething()) {
            says(isOfCall(step));
        }
        writer.step(step, answer, out);
    }

    private boolean isOfCall(AnswerEvent step) {
        return !(step instanceof AnswerEvent.Finished)
                && !answer.pieces().isEmpty()
                && answer.pieces().getLast().kind() instanceof AnswerEvent.Kind.Call;
    }

    private void writeEnding(ByteArrayOutputStream out) {
        writer.end(answer, new Tokens(reader.usage(), passage.estimate(answer)), out);
    }
}
