package pointsman.dialect.messages;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.ClientBytes;
import pointsman.dialect.answer.Told;
import pointsman.dialect.answer.Transcript;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.SseEvent;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;

/// A stream of Anthropic's messages that passes as it is. It is whole with its `message_stop`, and with
/// nothing else.
public final class MessagesStream extends AnswerStream {
    private static final byte[] STOP =
            "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n".getBytes(StandardCharsets.UTF_8);
    private static final String TEXT_EVENT = "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"%s\":\"%s\"}}";

    private final UsageReader usage = new UsageReader();
    private final MessageScan scan = new MessageScan(usage);
    private final Transcript transcript = new Transcript();
    private final String upstream;
    private int characters;
    private int blocks;
    private boolean hasStopped;

    public MessagesStream(String upstream, int maxEventBytes) {
        super(upstream, maxEventBytes);
        this.upstream = upstream;
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
        var isStop = isSure ? noteScanned(event) : parse(event.data());
        out.pass(event);
        return isStop;
    }

    private boolean noteScanned(SseEvent event) {
        var field = scan.plainField();
        if (field.isEmpty()) {
            transcript.event(event.data());
        } else {
            transcript.text(field, event.bytes(), scan.plainFrom(), scan.plainTo());
        }
        characters += scan.characters();
        hasStopped |= scan.statesReason();
        if (scan.saysSomething()) {
            says(isCalling() && field.isEmpty());
        }
        return scan.isStop();
    }

    private boolean parse(String data) {
        var event = Json.object(data)
                .orElseThrow(
                        () -> invalid("an event of %d characters that is no JSON object".formatted(data.length())));
        var type = event.path("type").asString("");
        switch (type) {
            case "message_start" -> usage.read(event.path("message").path("usage"));
            case "message_delta" -> {
                usage.read(event.path("usage"));
                hasStopped |= event.path("delta").hasNonNull("stop_reason");
                says(false);
            }
            case "content_block_start" -> opens(event.path("content_block"));
            case "content_block_delta" -> delta(MessageFacts.charactersOf(event.path("delta")));
            case "error" -> throw broken("it reported an error");
            default -> {}
        }
        transcript.event(data);
        return type.equals("message_stop");
    }

    @Override
    protected void passComment(SseEvent event, ClientBytes out) {
        out.pass(event);
    }

    /// Some leave the last event out, when the message has said why it ends.
    @Override
    protected void close(ClientBytes out) {
        if (!hasStopped) {
            throw broken("it ended without a stop reason");
        }
        out.writer().writeBytes(STOP);
    }

    /// A block of words or thoughts opens empty, and says nothing yet; every other one is something.
    private void opens(JsonNode block) {
        blocks++;
        var isEmpty = switch (block.path("type").asString("")) {
            case "text", "thinking" -> MessageFacts.charactersOf(block) == 0;
            default -> false;
        };
        if (!isEmpty) {
            says(!block.has("text"));
        }
    }

    private void delta(int length) {
        characters += length;
        if (length > 0) {
            says(isCalling());
        }
    }

    /// A block that is not known here nobody could go on behind.
    @Override
    public Optional<Told> told() {
        return transcript.events(TEXT_EVENT).flatMap(this::told);
    }

    private Optional<Told> told(List<String> events) {
        var answer = new Answer();
        var reader = new MessagesAnswerReader(upstream);
        var writer = new MessagesAnswerWriter();
        var nowhere = new ByteArrayOutputStream();
        for (var data : events) {
            reader.event(data, step -> {
                answer.take(step);
                writer.step(step, answer, nowhere);
                nowhere.reset();
            });
        }
        return answer.pieces().size() < blocks ? Optional.empty() : Optional.of(new Told(answer, writer));
    }
}
