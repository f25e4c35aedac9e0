package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AgreementTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"a b c d e\"           | \"E, d; C b a!\"             | true",
                "\"a b c d e\"           | \"a b c d x\"                | true",
                "\"a b c d e\"           | \"a b c x y\"                | false",
                "\"a a a a\"             | \"a b c d\"                  | false",
                "\"\"                    | \"!\"                        | true",
                "\"\"                    | \"a\"                        | false"
            })
    void textsAgreeIfFourFifthsOfTheirWordsAreCommon(String left, String right, boolean same) {
        assertThat(Agreement.isSame(new Output.Text(), JSON.readTree(left), JSON.readTree(right)))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": \" Yes\", \"b\": 1.0} | {\"b\": 1, \"a\": \"yes \"} | true",
                "{\"a\": [1, null]}            | {\"a\": [1, null]}          | true",
                "{\"a\": \"yes\"}              | {\"a\": \"no\"}             | false",
                "{\"a\": [1, 2]}               | {\"a\": [2, 1]}             | false",
                "{\"a\": 1}                    | {\"a\": \"1\"}              | false"
            })
    void jsonAgreesIfItSaysTheSame(String left, String right, boolean same) {
        var output = new Output.Schema(JSON.createObjectNode());

        assertThat(Agreement.isSame(output, JSON.readTree(left), JSON.readTree(right)))
                .isEqualTo(same);
    }
}
