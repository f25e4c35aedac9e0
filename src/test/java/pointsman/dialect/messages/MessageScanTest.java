package pointsman.dialect.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.ByteEdits;
import pointsman.dialect.wire.Json;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;

/// One look at a message or an event of one, against the parser.
class MessageScanTest {
    private static final String[] EVENTS = {"""
        {"type":"message_start","message":{"id":"m","content":[],"usage":{"input_tokens":9,"cache_read_input_tokens":3,\
        "cache_creation_input_tokens":1,"cache_creation":{"ephemeral_1h_input_tokens":1},"output_tokens":1}}}""", """
        {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hé \\n"}}""", """
        {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\\"a\\""}}""", """
        {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":20}}""", """
        {"type":"message_stop"}"""};
    private static final String MESSAGE = """
            {"id":"m","type":"message","content":[{"type":"thinking","thinking":"so","signature":"s"},\
            {"type":"text","text":"hé"}],"stop_reason":"end_turn","usage":{"input_tokens":9,"output_tokens":20}}""";

    @Test
    void nothingUsualIsLeftToTheParser() {
        assertThat(EVENTS).allMatch(event -> scanned(event.getBytes(UTF_8)).isPresent());
        assertThat(new MessageScan(new UsageReader()).isMessage(MESSAGE.getBytes(UTF_8)))
                .isTrue();
    }

    @Property(tries = 10_000)
    void anEventIsWhatTheParserFindsOrNothing(
            @ForAll @IntRange(max = 4) int event, @ForAll long seed, @ForAll @IntRange(max = 3) int edits) {
        var bytes = ByteEdits.of(EVENTS[event].getBytes(UTF_8), seed, edits);

        var found = scanned(bytes);

        assertThat(found.isEmpty() || found.equals(parsed(bytes))).isTrue();
    }

    @Property(tries = 5_000)
    void aMessageIsWhatTheParserFindsOrNothing(@ForAll long seed, @ForAll @IntRange(max = 3) int edits) {
        var bytes = ByteEdits.of(MESSAGE.getBytes(UTF_8), seed, edits);
        var usage = new UsageReader();
        var scan = new MessageScan(usage);

        var isSure = scan.isMessage(bytes);

        assertThat(!isSure || new MessageFacts(scan.characters(), usage.total()).equals(facts(bytes)))
                .isTrue();
    }

    private static MessageFacts facts(byte[] bytes) {
        try {
            return MessageFacts.parsed("large", bytes);
        } catch (FailureException _) {
            return new MessageFacts(-1, Optional.empty());
        }
    }

    private static Optional<Found> scanned(byte[] bytes) {
        var usage = new UsageReader();
        var scan = new MessageScan(usage);
        return scan.isEvent(bytes, 0, bytes.length)
                ? Optional.of(new Found(scan.characters(), scan.isStop(), usage.total()))
                : Optional.empty();
    }

    /// Slowly, and as it is written down.
    private static Optional<Found> parsed(byte[] bytes) {
        var usage = new UsageReader();
        return Json.object(bytes).map(event -> {
            var type = event.path("type").asString("");
            var characters = 0;
            switch (type) {
                case "message_start" -> usage.read(event.path("message").path("usage"));
                case "message_delta" -> usage.read(event.path("usage"));
                case "content_block_delta" -> characters = MessageFacts.charactersOf(event.path("delta"));
                default -> {}
            }
            return new Found(characters, type.equals("message_stop"), usage.total());
        });
    }

    private record Found(int characters, boolean isStop, Optional<TokenUsage> usage) {}
}
