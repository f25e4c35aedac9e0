package pointsman.dialect.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import pointsman.dialect.answer.UsageReader;
import pointsman.dialect.wire.ByteEdits;
import pointsman.usage.TokenUsage;
import tools.jackson.core.JacksonException;

/// One look at a completion, against the parser.
class CompletionScanTest {
    private static final String[] CHUNKS = {"""
        {"id":"c","choices":[{"index":0,"delta":{"role":"assistant","content":"hé","refusal":null},"logprobs":null,\
        "finish_reason":null},{"index":1,"delta":{"reasoning_content":"so","reasoning":"\\n"}}],"usage":null,"error":null}""", """
        {"choices":[{"index":1,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\\"a\\":1}"}}]},\
        "finish_reason":"stop"}, {"delta":{"content":["x",{"text":"y"}]},"finish_reason":"length"}]}""", """
        {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"x":{"cached_tokens":1},\
        "prompt_tokens_details":{"cached_tokens":4,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":1}}}""", """
        {"error":{"message":"overloaded"},"choices":[]}"""};

    @Test
    void nothingUsualIsLeftToTheParser() {
        assertThat(CHUNKS).allMatch(chunk -> scanned(chunk.getBytes(UTF_8)).isPresent());
    }

    @Property(tries = 10_000)
    void itFindsWhatTheParserFindsOrNothing(
            @ForAll @IntRange(min = 0, max = 3) int chunk, @ForAll long seed, @ForAll @IntRange(max = 3) int edits) {
        var bytes = ByteEdits.of(CHUNKS[chunk].getBytes(UTF_8), seed, edits);

        var found = scanned(bytes);

        assertThat(found.isEmpty() || found.equals(parsed(bytes))).isTrue();
    }

    private static Optional<Found> scanned(byte[] bytes) {
        var usage = new UsageReader();
        return new CompletionScan(usage).of(bytes, 0, bytes.length).map(facts -> new Found(facts, usage.total()));
    }

    private static Optional<Found> parsed(byte[] bytes) {
        var usage = new UsageReader();
        try {
            return Optional.of(new Found(CompletionFacts.parsed(bytes, usage), usage.total()));
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    private record Found(CompletionFacts facts, Optional<TokenUsage> usage) {}
}
