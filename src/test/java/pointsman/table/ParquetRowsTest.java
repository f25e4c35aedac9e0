package pointsman.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads a Parquet file that another program wrote: dictionary-coded and plain pages of texts, compressed.
class ParquetRowsTest {
    private static final Path MOVIES = Path.of("../shared/data/tables/movies_small.parquet");

    @BeforeEach
    void theTableIsThere() {
        assumeTrue(Files.exists(MOVIES), "there is no " + MOVIES);
    }

    @Test
    void everyRowAndColumnOfAParquetFileIsRead() throws IOException {
        var table = movies();

        assertThat(table.rows()).isEqualTo(1_019);
        assertThat(table.names())
                .containsExactly("rotten_tomatoes_link", "review_content", "movie_title", "movie_info", "id");
    }

    @Test
    void rowsStayTogetherAcrossColumns() throws IOException {
        var table = movies();

        assertThat(cells(table, 0, "movie_title", "id")).containsExactly("\"Mighty Joe Young\"", "\"56894\"");
        assertThat(cells(table, 1_018, "movie_title", "id", "review_content"))
                .containsExactly("\"The Tiger's Tail\"", "\"10484\"", "\"A messy but absorbing mystery.\"");
    }

    @Test
    void textsAreJsonStringsEvenIfTheyLookLikeNumbers() throws IOException {
        var table = movies();

        for (int column = 0; column < table.names().size(); column++) {
            assertThat(column(table, column)).allMatch(cell -> cell.matches("(?s)\"([^\"\\\\\\p{Cntrl}]|\\\\.)*\""));
        }
        assertThat(column(table, table.indexOf("review_content")).filter(cell -> cell.contains("\\\"")))
                .hasSize(38);
    }

    @Test
    void anEmptyTextIsAnEmptyStringAndNotNull() throws IOException {
        var table = movies();

        var reviews = column(table, table.indexOf("review_content")).toList();

        assertThat(reviews.stream().filter("\"\""::equals)).hasSize(225);
        assertThat(reviews.getFirst()).isEqualTo("\"\"");
        assertThat(reviews).doesNotContain("null");
    }

    @Test
    void equalCellsAreOneValue() throws IOException {
        var table = movies();

        assertThat(table.column(table.indexOf("movie_title")).values().size()).isEqualTo(51);
        assertThat(table.column(table.indexOf("id")).values().size()).isEqualTo(1_019);
    }

    @Test
    void limitsHoldForParquetToo() {
        var reader = new TableReader(new TableLimits(1_018, 5, 1 << 20, 1 << 30));

        assertThatThrownBy(() -> reader.read(MOVIES))
                .isInstanceOf(BadTableException.class)
                .hasMessage("the table has 1,019 rows or more; the limit is 1,018");
    }

    private static Table movies() throws IOException {
        return new TableReader(TableLimits.DEFAULT).read(MOVIES);
    }

    private static List<String> cells(Table table, int row, String... names) {
        return List.of(names).stream()
                .map(name -> table.cell(row, table.indexOf(name)))
                .toList();
    }

    private static Stream<String> column(Table table, int column) {
        return IntStream.range(0, table.rows()).mapToObj(row -> table.cell(row, column));
    }
}
