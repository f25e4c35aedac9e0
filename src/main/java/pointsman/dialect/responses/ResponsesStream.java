package pointsman.dialect.responses;

import java.util.Optional;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.Told;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;

/// A stream of OpenAI's responses that passes as it is. It is whole with its `response.completed` or
/// `response.incomplete`, and with nothing else.
public final class ResponsesStream extends AnswerStream {
    private static final String UNFINISHED = "it ended without a response.completed";

    private final UsageReader usage = new UsageReader();
    private final ResponseScan scan = new ResponseScan(usage);
    private int characters;

    public ResponsesStream(String upstream, int maxEventBytes) {
        super(upstream, maxEventBytes);
    }

    @Override
    public Optional<TokenUsage> usage() {
        return usage.total();
    }

    @Override
    public int characters() {
        return characters;
    }

    @Override
    protected boolean pass(SseEvent event, ClientBytes out) {
        var isSure = event.isOneLine() && scan.isEvent(event.bytes(), event.dataFrom(), event.dataTo());
        var kind = isSure ? scanned() : parsed(event.data());
        if (kind == ResponseEvent.FAILS) {
            throw broken("it reported an error");
        }
        if (kind == ResponseEvent.ENDS) {
            says(false);
        }
        out.pass(event);
        return kind == ResponseEvent.ENDS;
    }

    private ResponseEvent scanned() {
        note(scan.kind(), scan.characters());
        return scan.kind();
    }

    /// A piece without a character says nothing.
    private void note(ResponseEvent kind, int length) {
        characters += length;
        if (length > 0) {
            says(kind == ResponseEvent.CALLS);
        }
    }

    private ResponseEvent parsed(String data) {
        if (data.equals("[DONE]")) {
            throw broken(UNFINISHED);
        }
        var event = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        var kind = ResponseEvent.of(event);
        usage.read(event.path("response").path("usage"));
        if (kind.isPiece()) {
            note(kind, event.path("delta").asString("").length());
        }
        return kind;
    }

    /// Each event names its item as the upstream has named it: nobody else can go on with that.
    @Override
    public Optional<Told> told() {
        return Optional.empty();
    }

    @Override
    protected void passComment(SseEvent event, ClientBytes out) {
        out.pass(event);
    }

    @Override
    protected void close(ClientBytes out) {
        throw broken(UNFINISHED);
    }
}
