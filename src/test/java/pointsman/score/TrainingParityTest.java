package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.json.JsonMapper;

/// Java against the training's own run, on a thousand prompts of the data. The repository holds their hashes only.
class TrainingParityTest {
    private static final Path DATA = Path.of("../shared/data/router");
    private static final Path EXPECTED = Path.of("src/test/resources/score/parity-data.jsonl");
    private static final double TOLERANCE = 0.02; // of a probability; processors round sums of floats differently

    private record Expected(String sha256, float small, float large) {}

    @Test
    @EnabledIf("dataIsThere")
    void javaScoresAThousandPromptsAsTheTrainingDid() throws Exception {
        var expected = expected();
        var model = RouterModel.load("");
        var differences = new HashMap<String, Double>();

        try (var graph = model.open()) {
            for (var text : texts()) {
                var wanted = expected.get(sha256(text));
                if (wanted != null) {
                    differences.put(
                            wanted.sha256(),
                            difference(wanted, model, graph.read(text).logits()));
                }
            }
        }

        assertThat(differences).hasSizeGreaterThan(990).hasSameSizeAs(expected);
        assertThat(differences.values())
                .allSatisfy(difference -> assertThat(difference).isLessThan(TOLERANCE));
    }

    static boolean dataIsThere() {
        return Files.exists(DATA);
    }

    private static double difference(Expected wanted, RouterModel model, float[] logits) {
        var small = probability(logits[model.models().indexOf("weak")]) - probability(wanted.small());
        var large = probability(logits[model.models().indexOf("strong")]) - probability(wanted.large());
        return Math.max(Math.abs(small), Math.abs(large));
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    private static Map<String, Expected> expected() throws IOException {
        try (var lines = Files.lines(EXPECTED)) {
            return lines.map(line -> JsonMapper.shared().readValue(line, Expected.class))
                    .collect(Collectors.toMap(Expected::sha256, Function.identity(), (first, _) -> first));
        }
    }

    private static List<String> texts() throws IOException {
        var texts = new ArrayList<String>();
        for (var file : List.of("others.jsonl.gz", "routellm.jsonl.gz")) {
            try (var lines = new BufferedReader(new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(DATA.resolve(file))), StandardCharsets.UTF_8))) {
                lines.lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).get("text").asString())
                        .forEach(texts::add);
            }
        }
        return texts;
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
