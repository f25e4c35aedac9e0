package pointsman.dialect.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/// The look at JSON, against a whole parser.
class JsonScanTest {
    private static final String PLAIN = """
            {"id":"x","n":[0,-1,12.50,3e8,1.5E-3,{}, [] ],"t":true,"f":false,"z":null,"e":"",
             "text":"line\\nü € 😀 \\"quoted\\" \\u00e9 \\\\ end","deep":{"a":{"b":[{"c":"d"}]}}}
            """;
    /// Characters on which the grammar turns.
    private static final String TURNING = "{}[]\",:\\ \n\t01-.+eEutfn/x\u0000\u001F\u00E9\uD83D\uDE00";

    @Property(tries = 5_000)
    void whatItTakesForJsonIsJson(@ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int edits) {
        var random = new Random(seed);
        var text = new StringBuilder(PLAIN);
        for (int edit = 0; edit < edits; edit++) {
            int at = random.nextInt(text.length());
            int to = Math.min(text.length(), at + random.nextInt(3));
            text.replace(at, to, String.valueOf(TURNING.charAt(random.nextInt(TURNING.length()))));
        }
        var bytes = text.toString().getBytes(UTF_8);

        var isSure = isWhole(bytes);

        assertThat(!isSure || isJson(bytes)).isTrue();
        assertThat(isSure || edits > 0).isTrue();
    }

    @Property(tries = 3_000)
    void bytesThatAreNoUtf8AreLeftToTheParser(@ForAll long seed) {
        var random = new Random(seed);
        var bytes = PLAIN.getBytes(UTF_8);
        bytes[random.nextInt(bytes.length)] = (byte) (0x80 | random.nextInt(0x80));

        assertThat(!isWhole(bytes) || isJson(bytes)).isTrue();
    }

    @Property(tries = 2_000)
    void aTextIsAsLongAsJavaSays(@ForAll String text) {
        var json = Json.MAPPER.writeValueAsBytes(text);
        var scan = new JsonScan();
        scan.begin(json, 0, json.length);

        int length = scan.text();

        assertThat(scan.isWhole() ? length : text.length()).isEqualTo(text.length());
        assertThat(scan.isWhole()).isEqualTo(new String(text.getBytes(UTF_8), UTF_8).equals(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", "120", "999999999999"})
    void aNumberIsTold(String number) {
        var scan = new JsonScan();
        scan.begin(number.getBytes(UTF_8), 0, number.length());

        assertThat(scan.number()).isEqualTo(Long.parseLong(number));
        assertThat(scan.isWhole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.0", "1e2", "01", "", "9999999999999", "null", "\"1\""})
    void whatIsNoPlainNumberIsNotTold(String number) {
        var scan = new JsonScan();
        scan.begin(number.getBytes(UTF_8), 0, number.length());

        scan.number();

        assertThat(scan.isWhole()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1}}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{,}",
                "{\"a\"}",
                "[1 2]",
                "{\"\\u0061\":1}",
                "\"\\x\""
            })
    void whatIsUnusualIsLeftToTheParser(String text) {
        assertThat(isWhole(text.getBytes(UTF_8))).isFalse();
    }

    @Property(tries = 10)
    void deepNestingIsLeftToTheParser() {
        assertThat(isWhole("[".repeat(64).concat("]".repeat(64)).getBytes(UTF_8)))
                .isTrue();
        assertThat(isWhole("[".repeat(65).concat("]".repeat(65)).getBytes(UTF_8)))
                .isFalse();
    }

    private static boolean isWhole(byte[] bytes) {
        var scan = new JsonScan();
        scan.begin(bytes, 0, bytes.length);
        scan.skip();
        return scan.isWhole();
    }

    private static boolean isJson(byte[] bytes) {
        try {
            Json.MAPPER.readTree(bytes);
            return true;
        } catch (JacksonException _) {
            return false;
        }
    }
}
