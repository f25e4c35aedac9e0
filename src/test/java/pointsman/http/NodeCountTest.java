package pointsman.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeCountTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{}`|1",
                "`[]`|1",
                "`[[],[],[]]`|6",
                "`{\"a\":1,\"b\":[2,3]}`|6",
                "`{\"a\":\",:[{\"}`|2",
                "`{\"a\":\"\\\",,\"}`|2",
                "`{\"a\":\"\\\\\",\"b\":1}`|4",
                "`{\"a\":\"\\\\\\\",,\"}`|2",
                "`plain`|0",
                "`[\"\u2c2c\u5b5b\"]`|1"
            })
    void countsWhatStandsBetweenValuesOutsideOfStrings(String json, long count) {
        var bytes = json.getBytes(UTF_8);

        assertThat(new NodeCount().add(bytes, 0, bytes.length)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = "`{\"a\\\"b\\\\\":[1,2,{\"c\":\",,\"}]}`|7")
    void itDoesNotMatterInWhichPiecesABodyComes(String json, long count) {
        var bytes = json.getBytes(UTF_8);
        for (var at = 0; at <= bytes.length; at++) {
            var counter = new NodeCount();
            counter.add(bytes, 0, at);

            assertThat(counter.add(bytes, at, bytes.length)).isEqualTo(count);
        }
    }
}
