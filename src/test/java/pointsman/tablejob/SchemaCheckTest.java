package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaCheckTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String SCHEMA = """
            {"type": "object", "required": ["mood", "stars"], "additionalProperties": false,
             "properties": {
               "mood": {"enum": ["good", "bad"]},
               "stars": {"type": "integer", "minimum": 1, "maximum": 5},
               "note": {"type": ["string", "null"], "maxLength": 5},
               "kind": {"const": 1},
               "tags": {"type": "array", "maxItems": 2, "items": {"$ref": "#/$defs/tag"}},
               "next": {"anyOf": [{"type": "null"}, {"$ref": "#"}]}},
             "$defs": {"tag": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string"}}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"mood\": \"good\", \"stars\": 5}                                    | true",
                "{\"mood\": \"good\", \"stars\": 5.0, \"note\": null, \"kind\": 1.0}   | true",
                "{\"mood\": \"good\", \"stars\": 5, \"tags\": [{\"name\": \"a\"}]}     | true",
                "{\"mood\": \"good\", \"stars\": 5, \"next\": {\"mood\": \"bad\", \"stars\": 1}} | true",
                "{\"mood\": \"good\"}                                                  | false",
                "{\"mood\": \"Good\", \"stars\": 5}                                    | false",
                "{\"mood\": \"good\", \"stars\": 5.5}                                  | false",
                "{\"mood\": \"good\", \"stars\": 6}                                    | false",
                "{\"mood\": \"good\", \"stars\": \"5\"}                                | false",
                "{\"mood\": \"good\", \"stars\": 5, \"note\": \"too long\"}            | false",
                "{\"mood\": \"good\", \"stars\": 5, \"kind\": 2}                       | false",
                "{\"mood\": \"good\", \"stars\": 5, \"more\": 1}                       | false",
                "{\"mood\": \"good\", \"stars\": 5, \"tags\": [{\"name\": 1}]}         | false",
                "{\"mood\": \"good\", \"stars\": 5, \"tags\": [{\"name\": \"a\"}, {\"name\": \"b\"}, {\"name\": \"c\"}]} | false",
                "{\"mood\": \"good\", \"stars\": 5, \"next\": {\"mood\": \"bad\"}}     | false",
                "{\"mood\": \"good\", \"stars\": 1e400}                                | false",
                "{\"mood\": \"good\", \"stars\": 99999999999999999999999}              | false",
                "{\"mood\": \"good\", \"stars\": 5, \"kind\": 1e400}                   | false",
                "[]                                                                    | false"
            })
    void aValueIsHeldAgainstEveryWordOfTheSchema(String value, boolean kept) {
        assertThat(SchemaCheck.isKept(JSON.readTree(SCHEMA), JSON.readTree(value)))
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"$ref\": \"#\"} | false",
                "{\"anyOf\": [{\"$ref\": \"#\"}, {\"$ref\": \"#\"}, {\"$ref\": \"#\"}]} | false",
                "{\"$ref\": \"#nowhere\"} | true",
                "{\"$ref\": \"https://elsewhere/schema\"} | true",
                "{} | true",
                "false | false"
            })
    void aRingOfReferencesEnds(String schema, boolean kept) {
        assertThat(SchemaCheck.isKept(JSON.readTree(schema), JSON.readTree("{}")))
                .isEqualTo(kept);
    }
}
