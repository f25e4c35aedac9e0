package pointsman.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriComponentsBuilder;

class ModelPageTest {
    private static final List<String> NAMES = List.of("a", "b", "c", "d", "e");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ?                     | a b c d e | false
                    ?limit=5              | a b c d e | false
                    ?limit=2              | a b       | true
                    ?limit=2&after_id=b   | c d       | true
                    ?limit=2&after_id=c   | d e       | false
                    ?after_id=e           |           | false
                    ?limit=2&before_id=d  | b c       | true
                    ?limit=2&before_id=c  | a b       | false
                    ?before_id=a          |           | false
                    """)
    void aPageIsCutAfterOrBeforeAName(String query, String names, boolean hasMore) {
        var expected = names == null ? List.<String>of() : List.of(names.split(" "));

        assertThat(page(NAMES, query)).isEqualTo(new ModelPage(expected, hasMore));
    }

    @Test
    void aPageHoldsTwentyUnlessToldOtherwise() {
        var many = IntStream.range(0, 21).mapToObj(Integer::toString).toList();

        assertThat(page(many, "?")).isEqualTo(new ModelPage(many.subList(0, 20), true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?limit=0", "?limit=1001", "?limit=two", "?after_id=z", "?before_id=", "?after_id=a&before_id=c"
            })
    void aParameterThatCannotBeMeantIsNamed(String query) {
        var parameter = query.substring(query.lastIndexOf('&') + 1).replaceFirst("[?]?(\\w+)=.*", "$1");

        assertThatThrownBy(() -> page(NAMES, query)).hasMessageContaining("'" + parameter + "'");
    }

    private static ModelPage page(List<String> names, String query) {
        return ModelPage.of(
                names, UriComponentsBuilder.fromUriString(query).build().getQueryParams());
    }
}
