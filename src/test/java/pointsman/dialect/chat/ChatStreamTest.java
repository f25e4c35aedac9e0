package pointsman.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;

class ChatStreamTest {
    private static final String HELLO = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hé\"}}]}\n\n";
    private static final String STOP =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\r\n\r\n";
    private static final String USAGE =
            "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4}}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    @Test
    void usageThatNobodyAskedForStaysHere() {
        var stream = open(true);

        var seen = text(stream.read(bytes(HELLO + STOP + USAGE + DONE)));

        assertThat(seen).isEqualTo(HELLO + STOP + DONE);
        assertThat(stream.usage()).contains(new TokenUsage(9, 4, 0, 2, 0, false));
        assertThat(stream.isDone()).isTrue();
    }

    @Test
    void usageThatWasAskedForIsPassedOn() {
        assertThat(text(open(false).read(bytes(HELLO + USAGE + DONE)))).isEqualTo(HELLO + USAGE + DONE);
    }

    @Test
    void eventsThatPassAreNotCopied() {
        var bytes = bytes(HELLO + STOP);

        assertThat(open(true).read(bytes)).isSameAs(bytes);
    }

    @Property
    void anySplitOfTheBytesGivesTheSameEvents(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 400) Integer> cuts) {
        var all =
                bytes(": a comment\n\n" + HELLO + "event: x\ndata: {\"choices\":\rdata: []}\r\r" + STOP + USAGE + DONE);
        var stream = open(true);

        var seen = new ByteArrayOutputStream();
        var from = 0;
        for (var cut : cuts.stream().map(at -> at % all.length).sorted().toList()) {
            seen.writeBytes(stream.read(Arrays.copyOfRange(all, from, cut)));
            from = cut;
        }
        seen.writeBytes(stream.read(Arrays.copyOfRange(all, from, all.length)));
        seen.writeBytes(stream.end());

        assertThat(text(seen.toByteArray())).isEqualTo(text(all).replace(USAGE, ""));
    }

    @Test
    void aMissingDoneIsAddedToAWholeAnswer() {
        var stream = open(true);

        var seen = text(stream.read(bytes(HELLO + STOP))) + text(stream.end());

        assertThat(seen).isEqualTo(HELLO + STOP + DONE);
    }

    @Test
    void aCutStreamNeverLooksFinished() {
        var stream = open(true);
        stream.read(bytes(HELLO));

        assertThatThrownBy(stream::end).satisfies(error -> assertFailure(error, Failure.StreamBroken.class));
    }

    @Test
    void oneFinishedChoiceOfTwoIsNotTheWholeAnswer() {
        var stream = open(true);
        stream.read(bytes("data: {\"choices\":[{\"index\":1,\"delta\":{}}]}\n\n" + STOP));

        assertThatThrownBy(stream::end).satisfies(error -> assertFailure(error, Failure.StreamBroken.class));
    }

    @Test
    void aChoiceThatFinishesTwiceIsStillOne() {
        var stream = open(true);
        stream.read(bytes("data: {\"choices\":[{\"index\":1,\"delta\":{}}]}\n\n" + STOP + STOP));

        assertThatThrownBy(stream::end).satisfies(error -> assertFailure(error, Failure.StreamBroken.class));
    }

    @Test
    void anErrorInTheStreamBreaksIt() {
        var stream = open(true);

        var seen = text(stream.read(bytes(HELLO + "data: {\"error\":{\"message\":\"overloaded\"}}\n\n")));

        assertThat(seen).isEqualTo(HELLO);
        assertThat(stream.failure()).containsInstanceOf(Failure.StreamBroken.class);
    }

    @Test
    void anEventBeyondTheLimitIsRefused() {
        var stream = new ChatStream("large", true, 64);

        stream.read(bytes("data: " + "x".repeat(80)));

        assertThat(stream.failure()).containsInstanceOf(Failure.UpstreamInvalidAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: {\"choices\":\n\n", "data: rubbish\n\n", "data: 7\n\n"})
    void whatIsNoEventOfAChatIsRefused(String event) {
        var stream = open(true);

        stream.read(bytes(event));

        assertThat(stream.failure()).containsInstanceOf(Failure.UpstreamInvalidAnswer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt_tokens\":-1,\"completion_tokens\":2}",
                "{\"prompt_tokens\":1,\"completion_tokens\":99999999999999999999999}",
                "{\"prompt_tokens\":3,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":4}}",
                "{\"completion_tokens\":2}"
            })
    void usageThatCannotBeMeantIsNotBooked(String usage) {
        var stream = open(true);

        stream.read(bytes("data: {\"choices\":[],\"usage\":" + usage + "}\n\n"));

        assertThat(stream.usage()).isEmpty();
    }

    private static ChatStream open(boolean hideUsage) {
        return new ChatStream("large", hideUsage, 1 << 16);
    }

    private static void assertFailure(Throwable error, Class<? extends Failure> type) {
        assertThat(error).isInstanceOf(FailureException.class);
        assertThat(((FailureException) error).failure()).isInstanceOf(type);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
