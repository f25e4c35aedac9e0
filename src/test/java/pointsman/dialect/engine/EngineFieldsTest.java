package pointsman.dialect.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

class EngineFieldsTest {
    private static final String PLAIN = "\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @Test
    void whatIsListedPassesByteForByte() {
        var body = "{ %s, \"temperature\":0.5, \"seed\" : 1,\"stop\":[\"x\"] }"
                .formatted(PLAIN)
                .getBytes(UTF_8);

        var admitted = EngineFields.admit("small", Map.of(), false, true, body);

        assertThat(admitted.body()).isEqualTo(body);
        assertThat(admitted.dropped()).isEmpty();
    }

    @Test
    void aJobOfOursSaysWhichSlotItsLaneStaysOn() {
        var body = "{ %s, \"id_slot\":3 }".formatted(PLAIN).getBytes(UTF_8);

        var admitted = EngineFields.admit("small", Map.of(), true, true, body);

        assertThat(admitted.body()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"grammar\":\"root ::= (((((\"",
                "\"repeat_last_n\":150000000",
                "\"n_probs\":1000000",
                "\"samplers\":[\"dry\"]",
                "\"dry_penalty_last_n\":150000000",
                "\"id_slot\":3",
                "\"lora\":[{\"id\":0,\"scale\":1}]",
                "\"json_schema\":{}",
                "\"made_up\":1",
                "\"n\":1000",
                "\"top_logprobs\":1000000",
                "\"chat_template_kwargs\":{\"a\":[1]}",
                "\"response_format\":{\"type\":\"json_object\",\"schema\":{\"minItems\":1000000000}}",
                "\"response_format\":{\"json_schema\":{\"schema\":{\"pattern\":\"(a{1,5000}){1,5000}\"}}}",
                "\"response_format\":{\"json_schema\":{\"schema\":{\"pattern\":\"(a{1,100}){1,100}\"}}}",
                "\"response_format\":{\"json_schema\":{\"schema\":{\"pattern\":\"^a{0, 300000}$\"}}}",
                "\"response_format\":{\"json_schema\":{\"schema\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"$ref\":\"#/$defs/a\"}}}}}",
                "\"response_format\":{\"json_schema\":{\"schema\":{\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{\"allOf\":[{\"$ref\":\"#/$defs/b\"}]},\"b\":{\"allOf\":[{\"$ref\":\"#/$defs/a\"}]}}}}}",
                "\"tools\":[{\"name\":\"f\",\"input_schema\":{\"allOf\":[{\"$ref\":\"#\"}]}}]",
                "\"response_format\":{\"json_schema\":{\"schema\":{\"pattern\":\"((((((((((((((((((a))))))))))))))))))\"}}}",
                "\"tools\":[{\"function\":{\"name\":\"f\",\"parameters\":{\"maxLength\":2e9}}}]"
            })
    void whatCouldEndTheEngineIsRefusedByName(String field) {
        var name = field.substring(1, field.indexOf('"', 1));

        assertThatThrownBy(() -> admit(field)).isInstanceOfSatisfying(FailureException.class, refused -> {
            assertThat(refused.failure()).isInstanceOf(Failure.UnsupportedByUpstream.class);
            assertThat(refused.failure().status()).isEqualTo(400);
            assertThat(refused.failure().param()).contains(name);
        });
    }

    @Test
    void aDeepSchemaIsRefused() {
        var schema = "{\"properties\":{\"a\":".repeat(40) + "{}" + "}}".repeat(40);

        assertThatThrownBy(() -> admit("\"response_format\":{\"json_schema\":{\"schema\":%s}}".formatted(schema)))
                .hasMessageContaining("levels deep");
    }

    @Test
    void aLongSchemaIsRefused() {
        var schema = "{\"enum\":[\"%s\"]}".formatted("x".repeat(100_000));

        assertThatThrownBy(() -> admit("\"response_format\":{\"json_schema\":{\"schema\":%s}}".formatted(schema)))
                .hasMessageContaining("bytes long");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\":\"#/$defs/n\",\"$defs\":{\"n\":{\"properties\":{\"next\":{\"anyOf\":[{\"$ref\":\"#/$defs/n\"},{\"type\":\"null\"}]}}}}}",
                "{\"allOf\":[{\"$ref\":\"#/$defs/a\"},{\"$ref\":\"#/$defs/a\"}],\"$defs\":{\"a\":{\"type\":\"object\"}}}",
                "{\"pattern\":\"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$\"}",
                "{\"pattern\":\"^\\\\{[{}]\\\\}$\"}",
                "{\"maxLength\":5000,\"minItems\":1}"
            })
    void anOrdinarySchemaPasses(String schema) {
        var admitted = admit("\"response_format\":{\"json_schema\":{\"schema\":%s}}".formatted(schema));

        assertThat(admitted.dropped()).isEmpty();
    }

    @Test
    void manyOptionalPropertiesAreRefused() {
        var many = IntStream.range(0, 300).mapToObj("\"p%d\":{}"::formatted).collect(Collectors.joining(","));

        assertThatThrownBy(() -> admit("\"response_format\":{\"schema\":{\"properties\":{%s}}}".formatted(many)))
                .hasMessageContaining("properties");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prompt", "input"})
    void aListOfVeryManyPromptsIsRefused(String field) {
        var many = "\"a\",".repeat(5_000) + "\"a\"";

        assertThatThrownBy(() -> admit("\"%s\":[%s]".formatted(field, many))).hasMessageContaining("entries");
    }

    @Test
    void aPromptOfTokensIsOnePrompt() {
        assertThat(admit("\"prompt\":[%s1]".formatted("1,".repeat(3_000))).dropped())
                .isEmpty();
    }

    @Test
    void namesThatAClientMadeUpAreFitForAHeader() {
        var admitted = admit("\"a\\nb: c\":null,\"user\":\"u\"");

        assertThat(admitted.dropped()).containsExactly("user");
    }

    @Test
    void adviceIsLeftOutAndNamed() {
        var admitted = admit("\"user\":\"u\",\"store\":true,\"metadata\":{\"a\":\"b\"},\"service_tier\":\"auto\"");

        assertThat(admitted.dropped()).containsExactlyInAnyOrder("user", "store", "metadata", "service_tier");
        assertThat(new String(admitted.body(), UTF_8)).isEqualTo("{" + PLAIN + "}");
    }

    @Test
    void whatIsUnsetIsNoDemand() {
        var admitted = admit("\"grammar\":null,\"ignore_eos\":false");

        assertThat(new String(admitted.body(), UTF_8)).isEqualTo("{" + PLAIN + "}");
    }

    @Test
    void whatTheOperatorConfiguredPassesAsConfigured() {
        var body = "{%s,\"dry_multiplier\":0.8}".formatted(PLAIN).getBytes(UTF_8);

        assertThat(EngineFields.admit("small", Map.of("dry_multiplier", 0.8), false, true, body)
                        .body())
                .isEqualTo(body);
    }

    @Test
    void aClientSetsNothingElseOfIt() {
        var body = "{%s,\"dry_multiplier\":9.5}".formatted(PLAIN).getBytes(UTF_8);

        assertThatThrownBy(() -> EngineFields.admit("small", Map.of("dry_multiplier", 0.8), false, true, body))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void toolsThatTheModelWouldNeverSeeAreRefused() {
        assertThatThrownBy(() -> EngineFields.admit("small", Map.of(), false, false, withTools("\"auto\"")))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure().param()).contains("tools"));
    }

    @Test
    void toolsThatNobodyIsToCallAreNoDemand() {
        var body = withTools("\"none\"");

        assertThat(EngineFields.admit("small", Map.of(), false, false, body).body())
                .isEqualTo(body);
    }

    private static byte[] withTools(String choice) {
        return "{%s,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":%s}"
                .formatted(PLAIN, choice)
                .getBytes(UTF_8);
    }

    private static EngineFields.Admitted admit(String field) {
        return EngineFields.admit(
                "small",
                Map.of(),
                false,
                true,
                "{%s,%s}".formatted(PLAIN, field).getBytes(UTF_8));
    }
}
