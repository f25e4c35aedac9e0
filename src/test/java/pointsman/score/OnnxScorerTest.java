package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/// The shipped artefact, and what the training wrote down of it.
class OnnxScorerTest {
    private static final Path PARITY = Path.of("src/test/resources/score/parity.jsonl");
    private static final Path EVERYDAY = Path.of("router-model/train/everyday-prompts.json");

    private static RouterModel model;
    private static RouterGraph graph;
    private static OnnxScorer scorer;
    private static List<Expected> expected;

    private record Everyday(List<String> easy, List<String> hard) {}

    private record Expected(String text, List<Long> ids, int tokenCount, float small, float large) {}

    @BeforeAll
    static void open() throws RouterModelException, IOException {
        model = RouterModel.load("");
        graph = model.open();
        scorer = new OnnxScorer(graph, model.pairScore(new ModelPair("weak", "strong")));
        var json = JsonMapper.shared();
        expected = Files.readAllLines(PARITY).stream()
                .map(line -> json.readValue(line, Expected.class))
                .toList();
    }

    @AfterAll
    static void close() {
        scorer.close();
    }

    @Test
    void javaReadsThePromptsAsTheTrainingDid() throws RouterModelException {
        var tokenizer = new PromptTokenizer(new RouterFiles("").wordPiece(), new InputWindow(2048, 4096, 96, 160));

        assertThat(expected).hasSizeGreaterThanOrEqualTo(36).allSatisfy(prompt -> {
            var encoded = tokenizer.encode(prompt.text());
            assertThat(LongStream.of(encoded.ids()).boxed().toList()).isEqualTo(prompt.ids());
            assertThat(encoded.tokenCount()).isEqualTo(prompt.tokenCount());
        });
    }

    @Test
    void javaScoresThePromptsAsTheTrainingDid() {
        assertThat(expected).allSatisfy(prompt -> {
            var logits = graph.read(prompt.text()).logits();
            assertThat(logits[model.models().indexOf("weak")]).isCloseTo(prompt.small(), within(0.01f));
            assertThat(logits[model.models().indexOf("strong")]).isCloseTo(prompt.large(), within(0.01f));
        });
    }

    @Test
    void aScoreDoesNotDependOnItsNeighbours() {
        var texts = expected.stream().map(Expected::text).toList();

        var together = scorer.scores(texts);

        assertThat(IntStream.range(0, texts.size())
                        .mapToDouble(index -> scorer.scores(List.of(texts.get(index)))[0])
                        .toArray())
                .containsExactly(together);
    }

    @Test
    void aScoreDoesNotDependOnTheThread() {
        var texts = expected.stream().map(Expected::text).toList();

        var parallel = IntStream.range(0, 4 * texts.size())
                .parallel()
                .mapToDouble(index -> scorer.scores(List.of(texts.get(index % texts.size())))[0])
                .limit(texts.size())
                .toArray();

        assertThat(parallel).containsExactly(scorer.scores(texts));
    }

    @Test
    void anEasyPromptScoresAboveAHardOne() {
        var scores = scorer.scores(List.of(
                "Who wrote Romeo and Juliet?",
                "Implement a lock-free concurrent hash map in C++ with resizing, and prove that it is linearizable."));

        assertThat(scores[0]).isGreaterThan(scores[1] + 0.1);
    }

    @ParameterizedTest
    @CsvSource({
        "weak, strong, 0.7",
        "Meta-Llama-3.1-8B-Instruct, gpt-4o-2024-05-13, 0.8",
        "8B, 70B, 0.9",
        "$0.3, $15, 0.8"
    })
    void easyEverydayPromptsScoreAboveHardOnes(String small, String large, double share)
            throws RouterModelException, IOException {
        var prompts = JsonMapper.shared().readValue(Files.readString(EVERYDAY), Everyday.class);
        try (var scorer = model.scorer(new ModelPair(small, large))) {
            var easy = scorer.scores(prompts.easy());
            var hard = scorer.scores(prompts.hard());

            assertThat(DoubleStream.of(easy)
                            .flatMap(above -> DoubleStream.of(hard).map(below -> above > below ? 1 : 0))
                            .average()
                            .orElseThrow())
                    .isGreaterThan(share);
        }
    }

    @Test
    void everyScoreIsAProbability() {
        var scores = scorer.scores(expected.stream().map(Expected::text).toList());

        assertThat(DoubleStream.of(scores).boxed())
                .allSatisfy(score -> assertThat(score).isBetween(0.0, 1.0));
    }
}
