package pointsman.score;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/// Scores a second on two threads, new prompts of 16 to 192 tokens (104 on average) and remembered ones.
@SuppressWarnings("NullAway.Init") // set up by `open`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
@Threads(2)
public class ThroughputBenchmark {
    private static final String SENTENCE = "How many litres of water does a pump of 35 watts lift in a day? ";
    private static final int PROMPTS = 64;

    private OnnxScorer scorer;
    private CachingScorer caching;
    private List<String> prompts;

    /// Where each thread is in the list of prompts.
    @State(Scope.Thread)
    public static class Place {
        private int at;

        private String next(List<String> prompts) {
            at = (at + 1) % prompts.size();
            return prompts.get(at);
        }
    }

    /// Makes prompts of one to twelve sentences, each of about sixteen tokens.
    @Setup
    public void open() throws RouterModelException {
        var model = RouterModel.load("");
        scorer = model.scorer(model.defaultPair());
        caching = new CachingScorer(text -> scorer.scores(List.of(text)), model::bounded, 1000);
        prompts = IntStream.range(0, PROMPTS)
                .mapToObj(number -> number + " " + SENTENCE.repeat(1 + number % 12))
                .toList();
        prompts.forEach(caching::scores);
    }

    /// Frees the model.
    @TearDown
    public void close() {
        scorer.close();
    }

    /// A prompt that was not seen before.
    @Benchmark
    public double[] score(Place place) {
        return scorer.scores(List.of(place.next(prompts)));
    }

    /// A prompt that was.
    @Benchmark
    public double[] remembered(Place place) {
        return caching.scores(place.next(prompts));
    }
}
