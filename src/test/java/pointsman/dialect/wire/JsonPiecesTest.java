package pointsman.dialect.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class JsonPiecesTest {
    private static final String OBJECT =
            " {\"a\" : [1, {\"b\":\"]}\"}] , \"a\\\"\":\"x\\\\\", \"n\":-1.5e3,\"a\":null } ";

    @Test
    void membersKeepTheirBytes() {
        assertThat(JsonPieces.of(OBJECT, 0).stream().map(piece -> piece.name() + "=" + piece.value(OBJECT)))
                .containsExactly("a=[1, {\"b\":\"]}\"}]", "a\"=\"x\\\\\"", "n=-1.5e3", "a=null");
    }

    @Test
    void theLastOfANameCounts() {
        assertThat(JsonPieces.member(OBJECT, 0, "a").orElseThrow().value(OBJECT))
                .isEqualTo("null");
        assertThat(JsonPieces.member(OBJECT, 0, "none")).isEmpty();
    }

    @Property(tries = 300)
    void whatIsWrittenIsFound(@ForAll Map<String, String> object) {
        var text = Json.MAPPER.writeValueAsString(object);

        var pieces = JsonPieces.of(text, 0);

        assertThat(pieces).hasSize(object.size());
        assertThat(pieces)
                .allMatch(piece ->
                        Json.MAPPER.readValue(piece.value(text), String.class).equals(object.get(piece.name())));
    }

    @Test
    void aMemberOfOurOwnStandsFirstAndAlone() {
        assertThat(JsonPieces.withFirst("{\"a\":1.0}", "k", "\"v\"")).isEqualTo("{\"k\":\"v\",\"a\":1.0}");
        assertThat(JsonPieces.withFirst("{\"k\":2,\"a\":1}", "k", "3")).isEqualTo("{\"k\":3,\"a\":1}");
        assertThat(JsonPieces.withFirst("{\"k\":2}", "k", "3")).isEqualTo("{\"k\":3}");
    }
}
