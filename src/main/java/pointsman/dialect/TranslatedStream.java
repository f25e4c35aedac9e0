package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.AnswerWriter;
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
    public boolean pass(byte[] event, String data, ByteArrayOutputStream out) {
        var isWhole = reader.event(data, step -> calls.take(step, given -> write(given, out)));
        if (answer.kept() + reader.held() > maxKept) {
            throw invalid("it is longer than the limit of %d bytes".formatted(maxKept));
        }
        if (isWhole) {
            writeEnding(out);
        }
        return isWhole;
    }

    /// Comments keep a connection open in every dialect.
    @Override
    public void passComment(byte[] event, ByteArrayOutputStream out) {
        if (event[0] == ':') {
            out.writeBytes(event);
        }
    }

    @Override
    public void close(ByteArrayOutputStream out) {
        if (!reader.end(step -> calls.take(step, given -> write(given, out)))) {
            throw broken("it ended before the answer was whole");
        }
        writeEnding(out);
    }

    private void write(AnswerEvent step, ByteArrayOutputStream out) {
        answer.take(step);
        writer.step(step, answer, out);
    }

    private void writeEnding(ByteArrayOutputStream out) {
        writer.end(answer, new Tokens(reader.usage(), passage.estimate(answer)), out);
    }
}
