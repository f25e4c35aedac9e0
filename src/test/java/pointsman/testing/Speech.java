package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// The answer to one call of a [FaultyUpstream], said word by word, with everything that can go wrong
/// about it.
final class Speech {
    private static final String JSON = "application/json";

    private final Exchange exchange;
    private final WordWire wire;
    private final Pace pace;
    private final FaultyUpstream.Arrival arrival;
    private final WordWire.Speaker speaker;
    private final List<String> words;
    private int said;

    Speech(Exchange exchange, WordWire wire, Pace pace, FaultyUpstream.Arrival arrival, int inputTokens) {
        this.exchange = exchange;
        this.wire = wire;
        this.pace = pace;
        this.arrival = arrival;
        this.speaker = new WordWire.Speaker(
                "answer-" + inputTokens + "-" + arrival.number(), exchange.model(), inputTokens, exchange.wantsUsage());
        this.words = Words.leftFor(exchange.call().json());
    }

    boolean streams() {
        return exchange.streams();
    }

    boolean hasPrefill() {
        return !Words.prefill(exchange.call().json()).isEmpty();
    }

    FaultyUpstream.Arrival arrival() {
        return arrival;
    }

    Pace pace() {
        return pace;
    }

    /// How many words are left to say.
    int left() {
        return words.size() - said;
    }

    /// Everything, from the first byte to the last.
    void whole() throws IOException, InterruptedException {
        if (streams()) {
            open();
            say(left());
            end();
        } else if (pause(pace.word().multipliedBy(words.size()))) {
            exchange.json(200, body());
        }
    }

    /// A refusal, `headers` being lines such as `retry-after: 2`.
    void refuse(Complaint complaint, String... headers) throws IOException {
        exchange.json(complaint.status(), wire.error(complaint), headers);
    }

    /// What is said of errors, in the shape of this route.
    String error(Complaint complaint) {
        return wire.error(complaint);
    }

    void errorEvent(Complaint complaint) throws IOException {
        exchange.chunk(wire.errorEvent(complaint));
    }

    /// The head of a stream, and nothing in it.
    void head() throws IOException {
        exchange.beginStream();
    }

    /// The head of a buffered answer that comes in chunks, and nothing in it.
    void bufferedHead() throws IOException {
        exchange.beginChunked(JSON);
    }

    /// The head of a stream, and what comes before the first word.
    void open() throws IOException {
        head();
        role();
    }

    void role() throws IOException {
        for (var event : wire.opening(speaker)) {
            exchange.chunk(event);
        }
    }

    /// So many of the next words, one after the other.
    void say(int count) throws IOException, InterruptedException {
        for (int end = said + count; said < end; said++) {
            exchange.chunk(wire.word(speaker, words.get(said)));
            if (!pause(pace.word())) {
                throw new IOException("The caller left.");
            }
        }
    }

    void cutWord() throws IOException {
        exchange.chunk(wire.cutWord(speaker));
    }

    void keepAlive() throws IOException {
        exchange.chunk(wire.keepAlive());
    }

    void chunk(String text) throws IOException {
        exchange.chunk(text);
    }

    /// Why it ended, the mark of the end, and the last chunk.
    void end() throws IOException {
        close();
        exchange.chunk(wire.done());
        exchange.end();
    }

    /// Why it ended, and its usage.
    void close() throws IOException {
        for (var event : wire.closing(speaker, words.size())) {
            exchange.chunk(event);
        }
    }

    /// The last chunk.
    void lastChunk() throws IOException {
        exchange.end();
    }

    /// A part of a buffered answer.
    ///
    /// @param claimsAll whether its length is that of the whole
    void part(double share, boolean claimsAll) throws IOException {
        var all = body().getBytes(UTF_8);
        var part = Arrays.copyOf(all, (int) (all.length * share));
        if (claimsAll) {
            exchange.beginWithLength(200, JSON, all.length);
            exchange.raw(part);
            exchange.close();
        } else {
            exchange.whole(200, JSON, part);
        }
    }

    void json(int status, String body) throws IOException {
        exchange.json(status, body);
    }

    void html(String page) throws IOException {
        exchange.whole(200, "text/html; charset=utf-8", page.getBytes(UTF_8));
    }

    /// A whole answer that says nothing.
    String nothing() {
        return wire.bufferedNothing(speaker);
    }

    /// The connection ends as if the process had.
    void cut() throws IOException {
        exchange.close();
    }

    void reset() throws IOException {
        exchange.reset();
    }

    /// Says nothing for so long; false if the caller left before.
    boolean pause(Duration time) throws InterruptedException {
        return exchange.pause(time);
    }

    private String body() {
        return wire.buffered(speaker, String.join("", words), words.size());
    }
}
