package pointsman.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What an event of a stream takes that passes as it is: 68 events, an answer of 1.3 kB.
///
/// `./lab bench stream -prof gc`
@SuppressWarnings("NullAway.Init") // set up by `open`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class StreamBenchmark {
    private static final int EVENTS = 68;
    private static final String CHUNK = """
            data: {"id":"chatcmpl-CfK2x8Ss6s2mJp0aW1uYd7QnE4o5T","object":"chat.completion.chunk","created":1795800000,\
            "model":"gpt-5-mini","service_tier":"default","system_fingerprint":"fp_44added55e","choices":[%s],"usage":%s}

            """;

    private Passage chat;
    private Passage messages;
    private List<byte[]> chunks;
    private List<byte[]> events;

    /// Opens a way for each dialect and writes the events.
    @Setup
    public void open() {
        var dialects = new Dialects(new ReadLimits(64, 100, 10));
        var ask = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"
                .getBytes(UTF_8);
        chat = dialects.read(Dialect.OPENAI_CHAT, ask).to("large", UpstreamDialect.OPENAI_CHAT, "m", Map.of());
        messages = dialects.read(Dialect.ANTHROPIC_MESSAGES, ask)
                .to("large", UpstreamDialect.ANTHROPIC_MESSAGES, "m", Map.of());
        var usage = "{\"prompt_tokens\":120,\"completion_tokens\":320,\"total_tokens\":440}";
        chunks = bytes(
                texts(65)
                        .map(
                                "{\"index\":0,\"delta\":{\"content\":\"%s\"},\"logprobs\":null,\"finish_reason\":null}"
                                        ::formatted)
                        .map(choice -> CHUNK.formatted(choice, "null")),
                Stream.of(
                        CHUNK.formatted("{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}", "null"),
                        CHUNK.formatted("", usage),
                        "data: [DONE]\n\n"));
        events = bytes(
                Stream.concat(
                        Stream.of(event("message_start", "\"message\":{\"usage\":{\"input_tokens\":120}}")),
                        texts(65)
                                .map(text -> event(
                                        "content_block_delta",
                                        "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}"
                                                .formatted(text)))),
                Stream.of(
                        event("message_delta", "\"delta\":{},\"usage\":{\"output_tokens\":320}"),
                        event("message_stop", "\"x\":0")));
    }

    private static Stream<String> texts(int count) {
        return IntStream.range(0, count).mapToObj("%2d the quick brown fox"::formatted);
    }

    private static String event(String type, String fields) {
        return "event: %s\ndata: {\"type\":\"%s\",%s}\n\n".formatted(type, type, fields);
    }

    private static List<byte[]> bytes(Stream<String> first, Stream<String> last) {
        return Stream.concat(first, last).map(event -> event.getBytes(UTF_8)).toList();
    }

    /// OpenAI's chunks, one a read.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int chat() {
        return read(chat, chunks);
    }

    /// Anthropic's events, one a read.
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int messages() {
        return read(messages, events);
    }

    private static int read(Passage passage, List<byte[]> events) {
        var stream = passage.stream(1 << 20);
        var sum = 0;
        for (var event : events) {
            sum += stream.read(event).length;
        }
        return sum + stream.end().length + stream.characters();
    }
}
