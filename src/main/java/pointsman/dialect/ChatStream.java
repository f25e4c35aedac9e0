package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;

/// One streamed answer in OpenAI's dialect, read as it passes: events go on byte for byte, usage is noted (and hidden
/// if
/// the client did not ask for it), and the end is checked, so that a stream that was cut never looks finished.
public final class ChatStream {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8);

    private final String upstream;
    private final boolean hideUsage;
    private final SseSplitter splitter;
    private Optional<TokenUsage> usage = Optional.empty();
    private Optional<Failure> failure = Optional.empty();
    private int choices;
    private int finished;
    private boolean done;
    private int characters;

    ChatStream(String upstream, boolean hideUsage, SseSplitter splitter) {
        this.upstream = upstream;
        this.hideUsage = hideUsage;
        this.splitter = splitter;
    }

    /// Takes the next bytes from the upstream. After what is no event of a chat, [#failure] tells so.
    ///
    /// @return the bytes for the client, empty if these complete no event that it may see
    public byte[] read(byte[] bytes) {
        var out = new ByteArrayOutputStream(bytes.length + 256);
        try {
            splitter.split(bytes, event -> pass(event, out));
        } catch (SseSplitter.EventTooLongException e) {
            failure = Optional.of(new Failure.UpstreamInvalidAnswer(upstream, String.valueOf(e.getMessage())));
        } catch (FailureException e) {
            failure = Optional.of(e.failure());
        }
        return out.toByteArray();
    }

    /// Why the stream can go no further, if it cannot. The events before that are good, and have been read.
    public Optional<Failure> failure() {
        return failure;
    }

    /// The upstream closed the stream.
    ///
    /// @return the last bytes for the client: `[DONE]` if the answer was whole but the upstream left it out
    /// @throws pointsman.failure.FailureException a [Failure.StreamBroken] if the answer was not whole
    public byte[] end() {
        var rest = splitter.rest();
        var out = new ByteArrayOutputStream(rest.length + DONE.length);
        if (rest.length > 0 && !done) {
            pass(terminated(rest), out);
        }
        if (!done && (finished == 0 || finished < choices)) {
            throw new Failure.StreamBroken(upstream, "it ended without a finish reason").asException();
        }
        if (!done) {
            out.writeBytes(DONE);
            done = true;
        }
        return out.toByteArray();
    }

    /// Whether the answer is whole. What comes after it does not matter any more.
    public boolean isDone() {
        return done;
    }

    /// The tokens that the upstream stated so far, if it did.
    public Optional<TokenUsage> usage() {
        return usage;
    }

    /// Characters of text that passed so far, for an estimate where the upstream states nothing.
    public int characters() {
        return characters;
    }

    private void pass(byte[] event, ByteArrayOutputStream out) {
        if (done) {
            return;
        }
        var data = SseData.of(event);
        if (data.isEmpty()) {
            out.writeBytes(event);
        } else if (data.equals("[DONE]")) {
            done = true;
            out.writeBytes(event);
        } else if (!note(facts(data))) {
            out.writeBytes(event);
        }
    }

    private AnswerFacts facts(String data) {
        try (var parser = OpenAiChat.lenient().createParser(ObjectReadContext.empty(), data)) {
            return AnswerFacts.read(parser);
        } catch (JacksonException _) {
            throw invalid("an event of %d characters that is not JSON".formatted(data.length()));
        }
    }

    /// Notes what an event states, and says whether it only brings usage that the client did not ask for.
    private boolean note(AnswerFacts facts) {
        if (facts.isError()) {
            throw new Failure.StreamBroken(upstream, "it reported an error").asException();
        }
        choices = Math.max(choices, facts.choices());
        finished += facts.finished();
        characters += facts.characters();
        usage = facts.usage().or(() -> usage);
        return hideUsage && facts.usage().isPresent() && !facts.hasChoices();
    }

    private static byte[] terminated(byte[] rest) {
        if (rest[rest.length - 1] == '\r') {
            return rest;
        }
        return (new String(rest, StandardCharsets.ISO_8859_1) + "\n\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private RuntimeException invalid(String what) {
        return new Failure.UpstreamInvalidAnswer(upstream, what).asException();
    }
}
