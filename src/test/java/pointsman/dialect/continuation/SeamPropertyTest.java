package pointsman.dialect.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Texts that are cut and continued in all ways. Where a property says what comes out, no word begins
/// another: else two of the ways would look the same.
class SeamPropertyTest {
    @Property
    void whateverIsRepeatedTheTextIsWhole(
            @ForAll("texts") List<String> words, @ForAll long seed, @ForAll boolean beginsWithSpace) {
        var random = new Random(seed);
        var cut = random.nextInt(words.size());
        var from = random.nextInt(cut + 1);
        var said = String.join(" ", words.subList(0, cut));
        // Between punctuation and a new word nothing is put: "java." and "util".
        var mustBeginWithSpace = from == cut && !said.isEmpty() && !Character.isLetter(said.charAt(said.length() - 1));
        var more = (beginsWithSpace || mustBeginWithSpace ? " " : "")
                + String.join(" ", words.subList(from, words.size()));

        // From nothing on, there is no seam at which white space could differ.
        assertThat(joined(said, false, more, random)).isEqualTo(said.isEmpty() ? more : String.join(" ", words));
    }

    @Property
    void aWordThatWasCutIsCompleted(@ForAll("texts") List<String> words, @ForAll long seed) {
        var random = new Random(seed);
        var cut = random.nextInt(words.size());
        var word = words.get(cut);
        Assume.that(word.length() > 3);
        var said = String.join(" ", words.subList(0, cut)) + (cut == 0 ? "" : " ") + word.substring(0, 3);
        var more = String.join(" ", words.subList(random.nextInt(cut + 1), words.size()));

        assertThat(joined(said, false, more, random)).isEqualTo(String.join(" ", words));
    }

    @Property
    void writingWithoutSpacesIsWholeWhateverIsRepeated(
            @ForAll @IntRange(min = 1, max = 60) int size, @ForAll long seed) {
        var random = new Random(seed);
        var letters = new StringBuilder();
        random.ints('\u4e00', '\u9fa0').distinct().limit(size).forEach(letters::appendCodePoint);
        var text = letters.toString();
        var cut = random.nextInt(size);
        var from = random.nextInt(cut + 1);

        assertThat(joined(text.substring(0, cut), false, text.substring(from), random))
                .isEqualTo(text);
    }

    @Property
    void byPrefillEveryLetterStays(@ForAll String said, @ForAll String rest, @ForAll long seed) {
        Assume.that(said.isBlank() || !rest.strip().startsWith(said.strip().substring(0, 1)));

        assertThat(joined(said, true, rest, new Random(seed))).isEqualTo(said + rest);
    }

    @Property
    void itDoesNotMatterHowThePiecesAreCut(
            @ForAll("crowded") String said,
            @ForAll("crowded") String more,
            @ForAll boolean isExact,
            @ForAll long seed) {
        var whole = new Seam(said, isExact);

        assertThat(joined(said, isExact, more, new Random(seed))).isEqualTo(said + whole.take(more) + whole.end());
    }

    @Property(tries = 3_000)
    void theLongestOverlapIsTheOneThatIsLeftOut(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 2) Integer> said,
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 2) Integer> more) {
        var words = List.of("xyz", "uvw", "rst");
        var before = said.stream().map(words::get).toList();
        var after = more.stream().map(words::get).toList();

        var told = joined(String.join(" ", before), false, String.join(" ", after), new Random(0));

        var overlap = IntStream.rangeClosed(0, Math.min(before.size(), after.size()))
                .filter(size ->
                        before.subList(before.size() - size, before.size()).equals(after.subList(0, size)))
                .max()
                .orElseThrow();
        var all = new ArrayList<>(before);
        all.addAll(after.subList(overlap, after.size()));
        assertThat(told).isEqualTo(String.join(" ", all));
    }

    @Property
    void whatIsToldIsTheEndOfWhatCame(@ForAll("crowded") String said, @ForAll("crowded") String more) {
        var seam = new Seam(said, false);

        var told = seam.take(more) + seam.end();

        assertThat(more).endsWith(told.startsWith(" ") ? told.substring(1) : told);
    }

    /// Words no two of which begin alike.
    @Provide
    Arbitrary<List<String>> texts() {
        var word = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(2).ofMaxLength(9);
        var end = Arbitraries.of("", "", ",", ".");
        return Combinators.combine(word, end)
                .as(String::concat)
                .list()
                .ofMinSize(1)
                .ofMaxSize(20)
                .uniqueElements(text -> text.substring(0, 2));
    }

    @Provide
    Arbitrary<String> crowded() {
        return Arbitraries.strings().withChars("ab  \n.\"…中\ud83d\ude00").ofMaxLength(40);
    }

    private static String joined(String said, boolean isExact, String more, Random random) {
        var seam = new Seam(said, isExact);
        var all = new StringBuilder(said);
        for (int from = 0; from < more.length(); ) {
            var to = Math.min(more.length(), from + random.nextInt(6));
            all.append(seam.take(more.substring(from, to)));
            from = to;
        }
        return all.append(seam.end()).toString();
    }
}
