package pointsman.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.Told;
import pointsman.dialect.messages.MessagesStream;

/// What is known of a stream that passed as it was, when somebody is to go on with it.
class ToldTest {
    private static final int MOST = 100_000;

    @Test
    void itIsTheTextThatPassed() {
        var stream = chat();
        read(stream, chunk("\"role\":\"assistant\",\"content\":\"\""));
        read(stream, chunk("\"content\":\"He said \\\"100 %\\\"\\n\""));
        read(stream, chunk("\"content\":\" \\u00e9t\\u00e9 \uD83C\uDF1E\""));

        assertThat(words(stream)).isEqualTo("He said \"100 %\"\n été \uD83C\uDF1E");
        assertThat(told(stream).answer().isOpen()).isTrue();
        assertThat(stream.said()).isEqualTo(2);
    }

    @Test
    void thoughtsAndCallsAreThereInTheirOrder() {
        var stream = chat();
        read(stream, chunk("\"reasoning_content\":\"hm\""));
        read(stream, chunk("\"content\":\"one\""));
        read(
                stream,
                chunk("\"tool_calls\":[{\"index\":0,\"id\":\"1\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"weather\",\"arguments\":\"{\\\"a\"}}]"));

        assertThat(told(stream).answer().pieces())
                .extracting(piece -> piece.kind().getClass().getSimpleName(), piece -> piece.text())
                .containsExactly(tuple("Thinking", "hm"), tuple("Text", "one"), tuple("Call", "{\"a"));
        assertThat(stream.isCalling()).isTrue();
    }

    @Test
    void paddingThatChangesWithEachEventDoesNotHideTheText() {
        var stream = chat();
        for (var pad : new String[] {"a", "bcd", "ef"}) {
            read(
                    stream,
                    "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\" w\"}}],\"obfuscation\":\"%s\"}\n\n"
                            .formatted(pad));
        }

        assertThat(words(stream)).isEqualTo(" w w w");
    }

    @Test
    void whatBrokeItIsNoPartOfIt() {
        var stream = chat();
        read(stream, chunk("\"content\":\"one\""));
        read(stream, "data: {\"id\":\"c\",\"choi\n\n");

        assertThat(stream.failure()).isPresent();
        assertThat(words(stream)).isEqualTo("one");
    }

    @Test
    void nobodyGoesOnWithSeveralChoices() {
        var stream = chat();
        read(stream, chunk("\"content\":\"one\"").replace("\"index\":0", "\"index\":1"));

        assertThat(stream.told()).isEmpty();
    }

    @Test
    void nobodyGoesOnWithLogprobs() {
        var stream = chat();
        read(
                stream,
                chunk("\"content\":\"one\"")
                        .replace(
                                "\"index\":0",
                                "\"index\":0,\"logprobs\":{\"content\":[{\"token\":\"one\",\"logprob\":-1}]}"));

        assertThat(stream.told()).isEmpty();
    }

    @Test
    void ofAMessageItIsItsBlocks() {
        var stream = messages();
        read(stream, block("{\"type\":\"text\",\"text\":\"\"}"));
        read(stream, delta("{\"type\":\"text_delta\",\"text\":\"one\"}"));
        read(stream, delta("{\"type\":\"text_delta\",\"text\":\" two\"}"));

        assertThat(words(stream)).isEqualTo("one two");
    }

    @Test
    void nobodyGoesOnBehindABlockThatIsNotKnownHere() {
        var stream = messages();
        read(stream, block("{\"type\":\"server_tool_use\",\"id\":\"1\",\"name\":\"web_search\",\"input\":{}}"));

        assertThat(stream.told()).isEmpty();
    }

    @Test
    void aBeginningAPingAndAnEmptyBlockSayNothing() {
        var stream = messages();
        read(stream, "event: ping\ndata: {\"type\":\"ping\"}\n\n");
        read(stream, block("{\"type\":\"text\",\"text\":\"\"}"));

        assertThat(stream.said()).isZero();
    }

    private static AnswerStream chat() {
        return new ChatStream("small", true, MOST);
    }

    private static AnswerStream messages() {
        var stream = new MessagesStream("small", MOST);
        read(
                stream,
                event(
                        "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"model\":\"c\",\"usage\":{\"input_tokens\":1}}}"));
        return stream;
    }

    private static void read(AnswerStream stream, String event) {
        stream.read(event.getBytes(UTF_8));
    }

    private static Told told(AnswerStream stream) {
        return stream.told().orElseThrow();
    }

    private static String words(AnswerStream stream) {
        var words = new StringBuilder();
        told(stream).answer().pieces().stream()
                .filter(piece -> piece.kind() instanceof Kind.Text)
                .forEach(piece -> words.append(piece.text()));
        return words.toString();
    }

    private static String chunk(String delta) {
        return "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{%s}}]}\n\n".formatted(delta);
    }

    private static String block(String block) {
        return event("{\"type\":\"content_block_start\",\"index\":0,\"content_block\":%s}".formatted(block));
    }

    private static String delta(String delta) {
        return event("{\"type\":\"content_block_delta\",\"index\":0,\"delta\":%s}".formatted(delta));
    }

    private static String event(String data) {
        return "data: %s\n\n".formatted(data);
    }
}
