package pointsman.dialect;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

/// Every feature from every client to every upstream, and back: against golden files, and in pieces of any
/// size. What has passed is written down as a table, `target/dialect-matrix.md`.
///
/// With `-Dgolden=write` the golden files are written instead of compared: then read what has changed.
class DialectMatrixTest {
    private static final boolean WRITE = System.getProperty("golden", "").equals("write");
    private static final Map<Cell, String> PASSED = new LinkedHashMap<>();

    @TestFactory
    Stream<DynamicTest> everyFeatureBetweenEveryClientAndEveryUpstream() {
        return Cell.all()
                .filter(Cell::isSayable)
                .map(cell -> dynamicTest(cell.feature() + ": " + cell.name(), () -> PASSED.put(cell, check(cell))));
    }

    @TestFactory
    Stream<DynamicTest> whatPassesLooksAsItIsWrittenDown() {
        return Cell.features().stream().map(feature -> dynamicTest(feature, () -> compare(feature)));
    }

    private static String check(Cell cell) {
        try {
            cell.open(false);
        } catch (FailureException e) {
            return refusal(e.failure());
        }
        var whole = cell.open(false).answer(cell.answer());
        var all = cell.stream();
        var passage = cell.open(true);
        var stream = passage.stream(1 << 16);
        var seen = Cell.read(stream, all, all.length);

        for (var size : new int[] {1, 2, 7, 100}) {
            assertThat(text(Cell.read(passage.stream(1 << 16), all, size))).isEqualTo(text(seen));
        }
        assertThat(stream.usage()).isEqualTo(whole.usage());
        assertThat(stream.characters()).isCloseTo(whole.characters(), within(8));
        if (cell.isStraight()) {
            assertThat(whole.bytes()).isEqualTo(cell.answer());
            assertThat(text(seen)).isEqualTo(text(all));
            return "as it is";
        }
        var folded = Fold.normal(Fold.fold(cell.client(), seen));
        var buffered = Fold.normal(Cell.json(whole.bytes()).orElseThrow());
        if (whole.usage().isEmpty()) {
            // An estimate goes by the length of the request, and the one for a stream is longer.
            folded.remove("usage");
            buffered.remove("usage");
        }
        assertThat(folded).isEqualTo(buffered);
        return "yes";
    }

    private static String refusal(Failure failure) {
        assertThat(failure).isInstanceOf(Failure.UnsupportedByUpstream.class);
        assertThat(failure.param()).isPresent();
        return "refused: `%s`".formatted(failure.param().orElseThrow());
    }

    private static void compare(String feature) throws IOException {
        var file = Cell.FILES.resolve(feature).resolve("cells.golden");
        var seen = Cell.of(feature)
                .filter(Cell::isSayable)
                .map(DialectMatrixTest::golden)
                .collect(joining());
        if (WRITE) {
            Files.writeString(file, seen);
        }

        assertThat(seen).isEqualTo(Files.readString(file));
    }

    /// What becomes of a feature in a cell, for people to read.
    private static String golden(Cell cell) {
        var title = "######## " + cell.name() + "\n";
        try {
            var passage = cell.open(false);
            var dropped = passage.dropped().isEmpty()
                    ? ""
                    : "#### dropped\n%s\n".formatted(String.join("\n", passage.dropped()));
            var asked = title + dropped + "#### request\n" + pretty(passage.body());
            if (cell.isStraight()) {
                return asked;
            }
            var streamed = cell.open(true).stream(1 << 16);
            return asked
                    + "#### answer\n" + pretty(passage.answer(cell.answer()).bytes())
                    + "#### stream\n" + text(Cell.read(streamed, cell.stream(), cell.stream().length));
        } catch (FailureException e) {
            var failure = e.failure();
            return title
                    + "#### refused\n%s %s: %s\n\n"
                            .formatted(failure.code(), failure.param().orElse("-"), failure.message());
        }
    }

    @AfterAll
    static void writeTheMatrix() throws IOException {
        var cells = Cell.of("text").toList();
        var table = new StringBuilder(
                "| feature | " + cells.stream().map(Cell::name).collect(joining(" | ")) + " |\n|---|"
                        + "---|".repeat(cells.size()) + "\n");
        for (var feature : Cell.features()) {
            table.append("| ")
                    .append(feature)
                    .append(" | ")
                    .append(Cell.of(feature).map(DialectMatrixTest::result).collect(joining(" | ")))
                    .append(" |\n");
        }
        Files.writeString(Path.of(System.getProperty("project.basedir", ""), "target", "dialect-matrix.md"), table);
        System.out.println(table);
    }

    private static String result(Cell cell) {
        return PASSED.getOrDefault(cell, cell.isSayable() ? "FAILED" : "-");
    }

    private static String pretty(byte[] json) {
        return Json.MAPPER
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(Cell.json(json).orElseThrow()) + "\n";
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
