package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.json.JsonMapper;

/// The own WordPiece against the reference implementation.
///
/// The reference classifies characters as Unicode 8 did. What came later or changed its class since (618 code points,
/// mostly marks of historic scripts) stands in a file and may be read otherwise.
class TokenizerReferenceTest {
    private static final Path DATA = Path.of("../shared/data/router");
    private static final int LAST = 0x2FFFF; // planes beyond are unassigned or private

    private static HuggingFaceTokenizer reference;
    private static WordPiece own;
    private static BitSet later;

    @BeforeAll
    static void open() throws Exception {
        System.setProperty("ai.djl.offline", "true");
        reference = HuggingFaceTokenizer.newInstance(
                Path.of("router-model", "tokenizer.json"), Map.of("addSpecialTokens", "false", "truncation", "false"));
        own = new RouterFiles("router-model").wordPiece();
        later = ranges(Path.of("src/test/resources/score/later-than-unicode-8.txt"));
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    @Test
    void everyCodePointIsReadAsTheReferenceReadsIt() {
        var different = assigned()
                .filter(point -> differs("a" + Character.toString(point) + "b"))
                .mapToObj("U+%04X"::formatted)
                .collect(Collectors.joining(" "));

        assertThat(different).isEmpty();
    }

    @Test
    void mixturesOfScriptsAreReadAsTheReferenceReadsThem() {
        var random = new Random(7);
        var points = assigned()
                .filter(point -> point < 0x3400 || random.nextInt(20) == 0)
                .toArray();

        var different = Stream.generate(() -> mixture(random, points))
                .limit(5_000)
                .filter(TokenizerReferenceTest::differs)
                .toList();

        assertThat(different).isEmpty();
    }

    @Test
    @EnabledIf("dataIsThere")
    void theTrainingDataIsReadAsTheReferenceReadsIt() throws IOException {
        try (var in = new GZIPInputStream(Files.newInputStream(DATA.resolve("others.jsonl.gz")))) {
            var texts = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .limit(3_000)
                    .map(line -> JsonMapper.shared().readTree(line).get("text").asString());

            assertThat(texts.filter(TokenizerReferenceTest::differs)).isEmpty();
        }
    }

    static boolean dataIsThere() {
        return Files.exists(DATA);
    }

    private static IntStream assigned() {
        return IntStream.rangeClosed(1, LAST)
                .filter(point -> Character.isDefined(point) && Character.getType(point) != Character.SURROGATE)
                .filter(point -> !later.get(point));
    }

    private static String mixture(Random random, int[] points) {
        var text = new StringBuilder();
        for (var length = 1 + random.nextInt(24); length > 0; length--) {
            var point = random.nextInt(3) == 0 ? ' ' + random.nextInt(95) : points[random.nextInt(points.length)];
            text.appendCodePoint(point);
        }
        return text.toString();
    }

    private static boolean differs(String text) {
        var expected = LongStream.of(reference.encode(text).getIds()).mapToInt(id -> (int) id);
        return !Arrays.equals(own.tokenize(text), expected.toArray());
    }

    private static BitSet ranges(Path file) throws IOException {
        var points = new BitSet();
        for (var line : Files.readAllLines(file)) {
            var dash = line.indexOf('-');
            points.set(
                    Integer.parseInt(line.substring(0, dash), 16), Integer.parseInt(line.substring(dash + 1), 16) + 1);
        }
        return points;
    }
}
