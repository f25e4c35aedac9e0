package pointsman.dialect.habit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What a request takes that no habit is about, and beside it one that has to be read.
///
/// `./lab bench habits -prof gc`
@SuppressWarnings("NullAway.Init") // set up by `read`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class HabitBenchmark {
    private static final int TOOLS = 20;
    private static final String TEXT = "The quick brown fox jumps over the lazy dog. ";

    private Habits openai;
    private Habits anthropic;
    private Habits unknown;
    private byte[] small;
    private byte[] agent;
    private byte[] renamed;

    /// Reads the table and writes the requests.
    @Setup
    public void read() throws IOException {
        var table = HabitTable.packaged();
        openai = table.habits("openai", RequestFormat.CHAT, "gpt-5.6");
        anthropic = table.habits("anthropic", RequestFormat.MESSAGES, "claude-opus-4-8");
        unknown = table.habits("default", RequestFormat.CHAT, "m");
        var chat = "{\"model\":\"gpt-5.6\",\"messages\":[{\"role\":\"system\",\"content\":\"%s\"},"
                + "{\"role\":\"user\",\"content\":\"%s\"}],\"%s\":400,\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true}}";
        small = chat.formatted(TEXT.repeat(20), TEXT.repeat(20), "max_completion_tokens")
                .getBytes(UTF_8);
        renamed = chat.formatted(TEXT.repeat(20), TEXT.repeat(20), "max_tokens").getBytes(UTF_8);
        var tools = IntStream.range(0, TOOLS)
                .mapToObj("{\"name\":\"Tool%d\",\"input_schema\":{\"type\":\"object\",\"properties\":{}}}"::formatted)
                .collect(Collectors.joining(","));
        agent =
                "{\"model\":\"m\",\"max_tokens\":9,\"system\":[{\"type\":\"text\",\"text\":\"%s\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}]}],\"tools\":[%s]}"
                        .formatted(TEXT.repeat(500), TEXT.repeat(500), tools)
                        .getBytes(UTF_8);
    }

    /// 2 kB to OpenAI, as they are.
    @Benchmark
    public int nothingApplies() {
        return openai.fit("large", small).body().length;
    }

    /// 2 kB to a provider that the table does not know.
    @Benchmark
    public int unknownProvider() {
        return unknown.fit("large", small).body().length;
    }

    /// 46 kB of a coding agent with 20 tools to Anthropic, as they are.
    @Benchmark
    public int agentsTurn() {
        return anthropic.fit("large", agent).body().length;
    }

    /// 2 kB to OpenAI, in which a field has another name.
    @Benchmark
    public int oneFieldIsRenamed() {
        return openai.fit("large", renamed).body().length;
    }
}
