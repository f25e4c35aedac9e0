package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.failure.FailureException;
import tools.jackson.databind.json.JsonMapper;

class TableSpecTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"temperature\": 1e400}  | options.temperature",
                "{\"temperature\": -1}     | options.temperature",
                "{\"temperature\": \"hot\"}| options.temperature",
                "{\"lanes\": 99}           | options.lanes",
                "{\"pack\": 1.5}           | options.pack",
                "{\"orders\": \"best\"}    | options.orders",
                "{\"max_cost_usd\": -1}    | options.max_cost_usd",
                "{\"deduplicate\": true}   | options.deduplicate",
                "{\"ab_guard\": \"yes\"}     | options.ab_guard",
                "{\"ab_guard\": {\"rows\": 0}} | options.rows",
                "{\"ab_guard\": true, \"pack\": 2} | options.ab_guard",
                "{\"ab_guard\": true, \"reorder\": false} | options.ab_guard",
                "[]                        | options"
            })
    void anOptionThatCannotBeMeantIsRefusedByItsName(String options, String field) {
        var json = JSON.readTree("{\"instruction\": \"Is it good?\", \"options\": %s}".formatted(options));

        assertThatThrownBy(() -> TableSpecJson.read(json, 8))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().param()).contains(field));
    }

    @Test
    void equalRowsAreAskedOnceWhereTheAnswerIsTheSame() {
        var cold = JSON.readTree("{\"instruction\": \"Is it good?\", \"options\": {\"temperature\": 0}}");
        var warm = JSON.readTree("{\"instruction\": \"Is it good?\"}");

        assertThat(TableSpecJson.read(cold, 8).options().deduplicate()).isTrue();
        assertThat(TableSpecJson.read(warm, 8).options().deduplicate()).isFalse();
    }
}
