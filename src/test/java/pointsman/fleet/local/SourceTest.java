package pointsman.fleet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    @Test
    void partsAreSeparatedBySpaces() {
        var source = Source.parse("pypi:a-part1==1.0#a/one.bin https://example.org/two.bin\n file:/three.bin");

        assertThat(source.parts())
                .containsExactly(
                        new Source.Packaged("a-part1==1.0", "a/one.bin"),
                        new Source.Web(URI.create("https://example.org/two.bin")),
                        new Source.OnDisk(Path.of("/three.bin")));
    }

    @Test
    void aPackageWithoutMemberIsTheWheelItself() {
        assertThat(Source.parse("pypi:engine==2.0").parts()).containsExactly(new Source.Packaged("engine==2.0", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ftp://example.org/x", "pypi:a", "pypi:a==1 --extra-index-url", "model.gguf", "http://a b"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Source.parse(text));
    }
}
