package pointsman.score;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// One prompt on one thread: tokenizer, features and inference; and the same from the cache.
@SuppressWarnings("NullAway.Init") // set up by `open`
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 5)
public class ScoreBenchmark {
    private static final String SENTENCE = "How many litres of water does a pump of 35 watts lift in a day? ";

    @Param({"32", "128", "256"})
    private int tokens;

    private OnnxScorer scorer;
    private CachingScorer caching;
    private String prompt;

    /// Finds the prompt whose encoding has as many tokens as asked.
    @Setup
    public void open() throws RouterModelException {
        var model = RouterModel.load("");
        scorer = model.scorer(model.defaultPair());
        caching = new CachingScorer(text -> scorer.scores(List.of(text)), model::bounded, 1000);
        prompt = SENTENCE.repeat(20).substring(0, length(model));
        caching.scores(prompt);
    }

    private int length(RouterModel model) throws RouterModelException {
        var tokenizer = model.tokenizer();
        var text = SENTENCE.repeat(20);
        var length = 1;
        while (tokenizer.encode(text.substring(0, length)).ids().length < tokens) {
            length++;
        }
        return length;
    }

    /// Frees the model.
    @TearDown
    public void close() {
        scorer.close();
    }

    /// A prompt that was not seen before.
    @Benchmark
    public double[] score() {
        return scorer.scores(List.of(prompt));
    }

    /// A prompt that was.
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public double[] remembered() {
        return caching.scores(prompt);
    }
}
