package pointsman.dialect.messages;

import java.util.Optional;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;

/// A stream of Anthropic's messages that passes as it is. It is whole with its `message_stop`, and with nothing
/// else.
public final class MessagesStream extends AnswerStream {
    private final UsageReader usage = new UsageReader();
    private final MessageScan scan = new MessageScan(usage);
    private int characters;

    public MessagesStream(String upstream, int maxEventBytes) {
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
        var isStop = isSure ? noteScanned() : parse(event.data());
        out.pass(event);
        return isStop;
    }

    private boolean noteScanned() {
        characters += scan.characters();
        return scan.isStop();
    }

    private boolean parse(String data) {
        var event = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        var type = event.path("type").asString("");
        switch (type) {
            case "message_start" -> usage.read(event.path("message").path("usage"));
            case "message_delta" -> usage.read(event.path("usage"));
            case "content_block_delta" -> characters += MessageFacts.charactersOf(event.path("delta"));
            case "error" -> throw broken("it reported an error");
            default -> {}
        }
        return type.equals("message_stop");
    }

    @Override
    protected void passComment(SseEvent event, ClientBytes out) {
        out.pass(event);
    }

    @Override
    protected void close(ClientBytes out) {
        throw broken("it ended without a message_stop");
    }
}
