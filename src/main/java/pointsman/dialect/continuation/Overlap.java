package pointsman.dialect.continuation;

import java.util.Arrays;

/// The longest end of what was said that a continuation begins with, found while the continuation comes.
///
/// It is the search of Knuth, Morris and Pratt (SIAM J. Comput. 6, 1977) with the sides changed: the
/// continuation is the pattern, of which only a beginning is known yet, and what was said is the text. Where
/// the known pattern still fits, the search waits for more of it; where it does not, it falls back to the
/// longest beginning that fits. At the end of the text, what fits is the overlap. So it is known as soon as
/// it can be, in time linear in both lengths.
final class Overlap {
    /// An answer does not begin with more white space.
    private static final int SPACE_MAX = 64;

    private final Said said;
    private final String text;
    private final int start;
    private final StringBuilder pattern = new StringBuilder();
    private int[] fallback = new int[16];
    private int[] ends = new int[16];
    private int letters;
    private int at;
    private int fits;

    /// @param said what was said
    /// @param skipped letters of the continuation before the first that is told to [#add]
    Overlap(Said said, int skipped) {
        this.said = said;
        this.text = said.text();
        this.start = skipped;
        this.letters = skipped;
    }

    /// The next letter of the continuation.
    void add(char letter) {
        letters++;
        var isSpace = Letters.isSpace(letter);
        if (!isSpace) {
            append(letter);
        } else if (pattern.isEmpty()) {
            at = letters - start > SPACE_MAX ? text.length() : at;
        } else if (pattern.charAt(pattern.length() - 1) != ' ') {
            append(' ');
        }
    }

    /// Whether more of the continuation may change [#end].
    boolean isOpen() {
        return at < text.length() || (fits > 0 && fits == pattern.length() && mustSeeNext());
    }

    /// How many letters of the continuation only repeat what was said.
    int end() {
        // The continuation is over, or the search is.
        while (at < text.length()) {
            step();
        }
        return fits == 0 || isOtherWord() ? 0 : ends[fits - 1];
    }

    private void append(char letter) {
        if (at == text.length() && fits < pattern.length()) {
            return; // all is known
        }
        var size = pattern.length();
        if (size == ends.length) {
            fallback = Arrays.copyOf(fallback, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        pattern.append(letter);
        ends[size] = letters;
        fallback[size] = size == 0 ? 0 : border(letter, size);
        while (at < text.length() && fits < pattern.length()) {
            step();
        }
    }

    /// The longest beginning of the pattern that its first `size + 1` letters end with, but for all of them.
    private int border(char letter, int size) {
        var border = fallback[size - 1];
        while (border > 0 && pattern.charAt(border) != letter) {
            border = fallback[border - 1];
        }
        return pattern.charAt(border) == letter ? border + 1 : 0;
    }

    private void step() {
        if (fits < pattern.length() && text.charAt(at) == pattern.charAt(fits)) {
            at++;
            fits++;
        } else if (fits > 0) {
            fits = fallback[fits - 1];
        } else {
            at++;
        }
        while (fits > 0 && !said.isStart(at - fits)) {
            fits = fallback[fits - 1];
        }
    }

    private boolean mustSeeNext() {
        return said.isLastWordAlone(text.length() - fits, afterSpace()) && !said.mayBeCut(afterSpace());
    }

    /// Whether it is not the last word that is repeated: another begins as that did.
    private boolean isOtherWord() {
        return fits < pattern.length() && Letters.isOfWord(pattern.charAt(fits)) && mustSeeNext();
    }

    /// Whether there is white space before what is repeated.
    private boolean afterSpace() {
        return ends[0] > start + 1;
    }
}
