package pointsman.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/// The vocabulary, against JTokkit's reading of it.
class O200kTest {
    private static final Encoding REFERENCE =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    /// Characters on which the rule turns: cases, marks, digits, all kinds of white space, suffixes, pairs of
    /// surrogates and halves of them.
    private static final String TURNING =
            "aZ\u01C5\u02B0\u4E2D\u0301\u093E\u20DD19\u0663\u216B\u00BD '\u017FstTrevEmMlLdD./!\"\\{:,_-\u20AC\u0378"
                    + " \t\n\r\u000B\f\u0085\u00A0\u2028\u3000\u200B\uD83D\uDE00\uD801\uDC00\uD801\uDC28\uD835\uDFCE";

    private final O200k o200k = new O200k();

    @Property(tries = 3_000)
    void aTextHasTheTokensOfTheReference(@ForAll("texts") String text) {
        assertThat(o200k.encode(text)).isEqualTo(REFERENCE.encodeOrdinary(text).toArray());
        assertThat(o200k.count(text)).isEqualTo(REFERENCE.countTokensOrdinary(text));
    }

    @Provide
    Arbitrary<String> texts() {
        var turning = Arbitraries.strings().withChars(TURNING.toCharArray()).ofMaxLength(40);
        var words = Arbitraries.of(
                        "the",
                        "Beer",
                        "STYLE",
                        "don't",
                        "I'LL",
                        "'s",
                        "naïve",
                        "größe",
                        "中文",
                        "1234567",
                        "5.0",
                        "\": \"",
                        "\n\n",
                        "   ",
                        "<|endoftext|>",
                        "https://",
                        "{\"a\":",
                        "null",
                        "\\u00e9",
                        "Ünïcödé",
                        "\t")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join(" ", parts));
        return Arbitraries.oneOf(turning, words, Arbitraries.strings().ofMaxLength(60));
    }

    @Test
    void everyCodePointHasTheTokensOfTheReference() {
        for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x3100 ? 1 : 37) {
            var character = Character.toString(point);
            var text = character + "a" + character + "A" + character + "1" + character + " " + character + character;

            assertThat(o200k.encode(text))
                    .as("U+%04X", point)
                    .isEqualTo(REFERENCE.encodeOrdinary(text).toArray());
        }
    }

    @Test
    void theVocabularyIsTheOneThatOpenAiPublishes() throws Exception {
        var digest = MessageDigest.getInstance("SHA-256");
        try (var file = Vocabulary.class.getResourceAsStream("o200k_base.tiktoken")) {
            digest.update(Objects.requireNonNull(file).readAllBytes());
        }

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d");
    }

    @Test
    void everyTokenThatIsATextIsFound() {
        var tokens = Vocabulary.o200k();

        assertThat(tokens.size()).isEqualTo(199_998);
        for (int token = 0; token < tokens.size(); token += 7) {
            var text = tokens.text(token);
            assertThat(o200k.count(text)).isEqualTo(REFERENCE.countTokensOrdinary(text));
        }
    }

    @Test
    void aPieceOfAnyLengthIsMerged() {
        var random = new SplittableRandom(1);
        for (var letters : List.of("a", "ab", "etaoinshrdlu", "0", "-=", "\n ", "\u0301", "中文字")) {
            var text = new StringBuilder();
            for (int i = 0; i < 3_000; i++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }

            assertThat(o200k.encode(text.toString()))
                    .isEqualTo(REFERENCE.encodeOrdinary(text.toString()).toArray());
        }
    }
}
