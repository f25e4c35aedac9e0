package pointsman.dialect.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomToolTest {
    @Property(tries = 500)
    void everyTextComesBackHoweverItsArgumentsAreCut(
            @ForAll String text, @ForAll @IntRange(min = 1, max = 9) int size) {
        assertThat(read(CustomTool.arguments(text), size)).isEqualTo(text);
    }

    @Property(tries = 300)
    void noDeltaEndsWithinACharacter(@ForAll String text) {
        var sound = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        var tool = new CustomTool();

        CustomTool.arguments(sound).chars().forEach(unit -> {
            var piece = tool.read(String.valueOf((char) unit));
            assertThat(piece.isEmpty() || !Character.isHighSurrogate(piece.charAt(piece.length() - 1)))
                    .isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {}                          | ``
                    {"patch": "a"}              | a
                    "a"                         | a
                    *** Begin Patch             | *** Begin Patch
                    {"input": 7}                | {"input": 7}
                    {"input": "a", "more": 1}   | a
                    {"input": "cut in the mid   | cut in the mid
                    {"input": "a \\q b"}        | a \\q b
                    {"input": "\\u00zz"}        | \\u00zz
                    { "input" : "\\ud83d\\ude00" } | 😀
                    [1]                         | [1]
                    """)
    void whateverAModelMakesOfItReachesTheTool(String arguments, String text) {
        assertThat(read(arguments, 1)).isEqualTo(text);
        assertThat(read(arguments, 100)).isEqualTo(text);
    }

    private static String read(String arguments, int size) {
        var tool = new CustomTool();
        var text = new StringBuilder();
        for (var at = 0; at < arguments.length(); at += size) {
            text.append(tool.read(arguments.substring(at, Math.min(arguments.length(), at + size))));
        }
        return text.append(tool.rest()).toString();
    }
}
