package pointsman.dialect.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.dialect.Cell;
import pointsman.dialect.Dialect;
import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.wire.Json;
import pointsman.usage.TokenUsage;

/// A stream costs what the same answer costs in one piece, in whatever shape its usage comes.
class UsageReaderTest {
    private static final List<String> SHAPES =
            List.of("in the last chunk", "in an extra chunk", "in every chunk", "twice");

    @Property(tries = 500)
    void aChatStreamCostsWhatTheBufferCosts(
            @ForAll("chatUsage") String usage, @ForAll("shapes") String shape, @ForAll Dialect client) {
        var cell = new Cell("text", client, UpstreamDialect.OPENAI_CHAT);
        var answer = """
                {"id":"a","choices":[{"index":0,"message":{"content":"Hi"},"finish_reason":"stop"}],"usage":%s}""".formatted(usage);

        var whole = cell.open(false).answer(bytes(answer)).usage();

        assertThat(streamed(cell, chatStream(shape, usage))).isEqualTo(whole);
    }

    @Property(tries = 500)
    void anAnthropicStreamCostsWhatTheBufferCosts(
            @ForAll("messagesUsage") List<String> usage, @ForAll boolean stateAll, @ForAll Dialect client) {
        var cell = new Cell("text", client, UpstreamDialect.ANTHROPIC_MESSAGES);
        var input = String.join(",", usage.subList(0, usage.size() - 1));
        var output = usage.getLast();
        var answer = """
                {"id":"a","content":[{"type":"text","text":"Hi"}],"stop_reason":"end_turn","usage":{%s,%s}}""".formatted(input, output);
        var stream = """
                data: {"type":"message_start","message":{"id":"a","usage":{%s,"output_tokens":1}}}

                data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{%s}}

                data: {"type":"message_stop"}

                """.formatted(input, stateAll ? input + "," + output : output);

        var whole = cell.open(false).answer(bytes(answer)).usage();

        assertThat(streamed(cell, stream)).isEqualTo(whole);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"prompt_tokens":9,"completion_tokens":2} | 9 | 0 | 0 | 2 | 0
                    {"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":4,"cache_write_tokens":3}} | 9 | 4 | 3 | 2 | 0
                    {"prompt_tokens":9,"completion_tokens":5,"completion_tokens_details":{"reasoning_tokens":3}} | 9 | 0 | 0 | 5 | 3
                    {"prompt_tokens":9,"completion_tokens":2,"prompt_tokens_details":null} | 9 | 0 | 0 | 2 | 0
                    {"input_tokens":9,"output_tokens":2} | 9 | 0 | 0 | 2 | 0
                    {"input_tokens":9,"cache_read_input_tokens":40,"cache_creation_input_tokens":50,"output_tokens":2} | 99 | 40 | 50 | 2 | 0
                    {"input_tokens":9,"output_tokens":7,"output_tokens_details":{"thinking_tokens":6}} | 9 | 0 | 0 | 7 | 6
                    """)
    void everyDialectsNumbersAreRead(String usage, long input, long cached, long written, long output, long reasoning) {
        assertThat(read(usage)).contains(new TokenUsage(input, cached, written, output, reasoning, false));
    }

    @Test
    void whatTheCacheKeepsForAnHourIsToldFromTheRest() {
        var usage = """
                {"input_tokens":9,"cache_read_input_tokens":40,"cache_creation_input_tokens":50,"output_tokens":2,
                "cache_creation":{"ephemeral_5m_input_tokens":20,"ephemeral_1h_input_tokens":30}}""";

        assertThat(read(usage)).contains(new TokenUsage(99, 40, 50, 30, 2, 0, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}
                    {"input_tokens":9,"cache_creation_input_tokens":5,"output_tokens":2,"cache_creation":{"ephemeral_1h_input_tokens":6}}
                    {"completion_tokens":2}
                    {"prompt_tokens":-1,"completion_tokens":2}
                    {"prompt_tokens":1.5,"completion_tokens":2}
                    {"prompt_tokens":"9","completion_tokens":2}
                    {"prompt_tokens":1,"completion_tokens":99999999999999999999999}
                    {"prompt_tokens":1,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":3}}
                    {"input_tokens":9223372036854775807,"cache_read_input_tokens":9223372036854775807,"cache_creation_input_tokens":2,"output_tokens":2}
                    """)
    void whatCannotBeMeantIsNotRead(String usage) {
        assertThat(read(usage)).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        var usage = new TokenUsage(2_000, 1_500, 400, 30, 24, false);

        assertThat(read(Json.text(UsageWriter.chat(usage)))).contains(usage);
        assertThat(read(Json.text(UsageWriter.messages(usage)))).contains(usage);
    }

    private static Optional<TokenUsage> streamed(Cell cell, String events) {
        var stream = cell.open(true).stream(1 << 16);
        Cell.read(stream, bytes(events), 100);
        return stream.usage();
    }

    private static Optional<TokenUsage> read(String usage) {
        var reader = new UsageReader();
        reader.read(Json.object(usage).orElseThrow());
        return reader.total();
    }

    private static String chatStream(String shape, String usage) {
        var every = shape.equals("in every chunk");
        var events = new ArrayList<String>();
        events.add(chunk(
                "{\"content\":\"Hi\"}", "null", every ? "{\"prompt_tokens\":9,\"completion_tokens\":0}" : "null"));
        var last = shape.equals("in the last chunk") || shape.equals("twice") || every;
        events.add(chunk("{}", "\"stop\"", last ? usage : "null"));
        if (!last || shape.equals("twice")) {
            events.add("data: {\"choices\":[],\"usage\":%s}\n\n".formatted(usage));
        }
        return String.join("", events) + "data: [DONE]\n\n";
    }

    private static String chunk(String delta, String finish, String usage) {
        return "data: {\"id\":\"a\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}],\"usage\":%s}\n\n"
                .formatted(delta, finish, usage);
    }

    @Provide
    Arbitrary<String> shapes() {
        return Arbitraries.of(SHAPES);
    }

    @Provide
    Arbitrary<String> chatUsage() {
        return Combinators.combine(number(), number(), number(), number()).as("""
                        {"prompt_tokens":%s,"completion_tokens":%s,"prompt_tokens_details":{"cached_tokens":%s},\
                        "completion_tokens_details":{"reasoning_tokens":%s}}"""::formatted);
    }

    @Provide
    Arbitrary<List<String>> messagesUsage() {
        return Combinators.combine(number(), number(), number(), number())
                .as((input, read, written, output) -> List.of(
                        "\"input_tokens\":" + input,
                        "\"cache_read_input_tokens\":" + read,
                        "\"cache_creation_input_tokens\":" + written,
                        "\"output_tokens\":" + output));
    }

    /// Mostly numbers of tokens, sometimes what no upstream can mean.
    private static Arbitrary<String> number() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                        9, Arbitraries.integers().between(0, 100_000).map(String::valueOf)),
                net.jqwik.api.Tuple.of(1, Arbitraries.of("-1", "1e9", "0.5", "999999999999999999999")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
