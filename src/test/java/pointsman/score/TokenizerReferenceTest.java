package pointsman.score;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The own WordPiece against the reference implementation.
class TokenizerReferenceTest {
    private static HuggingFaceTokenizer reference;
    private static WordPiece own;

    @BeforeAll
    static void open() throws Exception {
        System.setProperty("ai.djl.offline", "true");
        var file = Path.of("router-model", "tokenizer.json");
        reference = HuggingFaceTokenizer.newInstance(file, Map.of("addSpecialTokens", "false"));
        own = new RouterFiles("router-model").wordPiece();
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    @Test
    void everyCodePointIsReadAsTheReferenceReadsIt() {
        var different = new ArrayList<String>();
        for (var point = 1; point <= Character.MAX_CODE_POINT; point++) {
            if (Character.getType(point) != Character.SURROGATE) {
                var text = "a" + Character.toString(point) + "b";
                if (!java.util.Arrays.equals(own.tokenize(text), ids(text))) {
                    different.add("U+%04X %s type %d own %s ref %s"
                            .formatted(
                                    point,
                                    Character.toString(point),
                                    Character.getType(point),
                                    java.util.Arrays.toString(own.tokenize(text)),
                                    java.util.Arrays.toString(ids(text))));
                }
            }
        }

        try {
            java.nio.file.Files.write(Path.of("/tmp/router/diff.txt"), different);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(different).hasSize(0);
    }

    private static int[] ids(String text) {
        var ids = reference.encode(text).getIds();
        var result = new int[ids.length];
        for (var i = 0; i < ids.length; i++) {
            result[i] = (int) ids[i];
        }
        return result;
    }
}
