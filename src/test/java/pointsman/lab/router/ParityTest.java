package pointsman.lab.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.command.BulkReading;
import pointsman.command.LineScoring;
import pointsman.learn.Outcome;
import pointsman.learn.Sample;
import pointsman.score.ModelPair;
import pointsman.score.RouterModel;
import tools.jackson.databind.json.JsonMapper;

/// The gateway, the command line and the evaluation give the same score, to the last bit.
class ParityTest {
    private static final List<String> TEXTS = List.of(
            "hi",
            "What is the capital of France?",
            "Find all positive integers n such that n^2 + 1 divides n!.",
            "def f(x):\n    return {k: v for k, v in x.items() if v}\n\nWhy is this slow?",
            "¿Cuál es la raíz cuadrada de 1764? 请用中文回答。",
            "word ".repeat(3000));

    @Test
    void everyWayToAScoreEndsAtTheSameBits() throws Exception {
        var model = RouterModel.load("");
        var pair = new ModelPair("weak", "strong");
        var progress = new PrintWriter(new StringWriter());
        try (var scorer = model.scorer(pair)) {
            var gateway = scorer.scores(TEXTS);

            var lines = new ByteArrayOutputStream();
            new LineScoring(scorer, 2).score(input(), lines, progress);
            var commandLine = lines.toString(StandardCharsets.UTF_8)
                    .lines()
                    .mapToDouble(line ->
                            JsonMapper.shared().readTree(line).get("score").asDouble())
                    .toArray();
            var evaluation = evaluated(model, pair).score();

            assertThat(commandLine).containsExactly(gateway);
            assertThat(evaluation).containsExactly(gateway);
        }
    }

    @Test
    void theEvaluationRanksPromptsAsTheirScoresDo() throws Exception {
        var task = evaluated(RouterModel.load(""), new ModelPair("weak", "strong"));

        assertThat(Sample.order(task.rank())).containsExactly(Sample.order(task.score()));
        assertThat(DoubleStream.of(task.rank())).allMatch(rank -> rank >= 0 && rank <= 1);
    }

    private static ScoredTask evaluated(RouterModel model, ModelPair pair) throws Exception {
        var outcomes = TEXTS.stream()
                .map(text -> new Outcome(text, "x", "", 2, Map.of("weak", 1.0, "strong", 1.0)))
                .toList();
        return Routers.one(model)
                .score(
                        List.of(new Task("x", "weak", "strong", "x")),
                        outcomes,
                        (router, _) -> router.pairScore(pair),
                        new BulkReading(2, new PrintWriter(new StringWriter())))
                .getFirst();
    }

    private static ByteArrayInputStream input() {
        var lines = new StringBuilder();
        IntStream.range(0, TEXTS.size())
                .forEach(row -> lines.append("{\"id\":%d,\"text\":%s}%n"
                        .formatted(row, JsonMapper.shared().writeValueAsString(TEXTS.get(row)))));
        return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}
