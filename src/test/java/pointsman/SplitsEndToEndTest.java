package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeContainer;
import pointsman.testing.Chat;
import pointsman.testing.Completions;
import pointsman.testing.Exchange;
import pointsman.testing.Gateway;

/// However the network cuts a stream, inside a character, a line end or an event, the client sees the same bytes.
class SplitsEndToEndTest {
    private static final List<String> EVENTS = Completions.plain("tiny-1");
    private static final AtomicReference<List<Integer>> SIZES = new AtomicReference<>(List.of());
    private static final Gateway GATEWAY = Gateway.shared();

    @BeforeContainer
    static void addTheMode() {
        GATEWAY.small().on("cut", SplitsEndToEndTest::cut);
    }

    @Property(tries = 150, shrinking = ShrinkingMode.BOUNDED)
    void theClientSeesTheSameBytesHoweverTheyWereCut(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 90) Integer> sizes) throws Exception {
        SIZES.set(sizes);

        for (var lineEnd : List.of("\n", "\r\n")) {
            var reply = GATEWAY.client()
                    .chat(Chat.stream(
                            "small",
                            Chat.mode("cut:" + lineEnd.replace("\n", "n").replace("\r", "r"))));

            assertThat(reply.text()).isEqualTo(stream(lineEnd));
        }
    }

    /// Cuts the stream into pieces of the property's sizes, over and over.
    private static void cut(Exchange exchange, String lineEnd) throws IOException {
        var bytes = stream(lineEnd.replace("n", "\n").replace("r", "\r")).getBytes(UTF_8);
        var sizes = SIZES.get();
        exchange.beginStream();
        for (int at = 0, piece = 0; at < bytes.length; piece++) {
            var end = Math.min(bytes.length, at + sizes.get(piece % sizes.size()));
            exchange.chunk(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        exchange.end();
    }

    private static String stream(String lineEnd) {
        return (": hello\n\nid: 7\n" + String.join("", EVENTS) + Completions.DONE).replace("\n", lineEnd);
    }
}
