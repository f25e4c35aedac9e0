package pointsman.dialect.continuation;

import static pointsman.dialect.continuation.Letters.isOfWord;
import static pointsman.dialect.continuation.Letters.isSpace;
import static pointsman.dialect.continuation.Letters.isUnspaced;

/// What an answer said before it broke off, as it is compared: a run of white space is one blank, at both
/// ends there is none.
final class Said {
    /// Fewer words may begin the rest of an answer as they began the answer.
    private static final int RESTART_WORDS = 3;

    /// A shorter word at the end is a whole one more often than one that was cut: "a", "in", "to".
    private static final int CUT_WORD_LETTERS = 3;

    /// They stand within words and numbers: "don't", "3.14".
    private static final String JOINING = "'’.";

    private final String text;
    private final String spaceAfter;
    private final boolean isExact;
    private final int lastWord;
    private final int lastLetter;
    private final boolean isRestartPlain;

    /// @param said what clients were told, as it is
    /// @param isExact nothing is repeated but an answer from its start
    Said(String said, boolean isExact) {
        this.text = normalized(said);
        this.spaceAfter = said.substring(said.stripTrailing().length());
        this.isExact = isExact;
        this.lastWord = lastWord(text);
        this.lastLetter = lastLetter(text);
        this.isRestartPlain = words(RESTART_WORDS) == RESTART_WORDS;
    }

    String text() {
        return text;
    }

    /// The white space that it ended with.
    String spaceAfter() {
        return spaceAfter;
    }

    /// Whether there is anything that a continuation could repeat.
    boolean mayBeRepeated() {
        return !text.isEmpty() && isStart(0);
    }

    /// Whether what is repeated may start here: at the very start, or where a word starts. With no word
    /// behind it, it is not repeated: a second closing bracket is meant.
    boolean isStart(int at) {
        if (at == 0) {
            return !isExact || isRestartPlain;
        }
        return !isExact && at <= lastLetter && isWordStart(at);
    }

    /// Whether from here on there is but the last word, which may have been cut. The start of all of it is
    /// not meant, unless white space before its repetition says that it was whole.
    boolean isLastWordAlone(int at, boolean afterSpace) {
        return at == lastWord && (at > 0 || afterSpace);
    }

    /// Whether the last word may be the beginning of a longer one.
    boolean mayBeCut(boolean afterSpace) {
        return !afterSpace && text.length() - lastWord >= CUT_WORD_LETTERS;
    }

    private boolean isWordStart(int at) {
        var letter = text.charAt(at);
        var before = text.charAt(at - 1);
        if (isUnspaced(letter)) {
            return !Character.isLowSurrogate(letter);
        }
        return before == ' ' || (isOfWord(letter) && !isOfWord(before) && !isJoining(before));
    }

    private static boolean isJoining(char letter) {
        return JOINING.indexOf(letter) >= 0;
    }

    /// The words there are, counted up to a most.
    private int words(int most) {
        var words = 0;
        for (int at = 0; at < text.length() && words < most; at++) {
            if (at == 0 || isWordStart(at)) {
                words++;
            }
        }
        return words;
    }

    private static String normalized(String said) {
        var text = new StringBuilder(said.length());
        for (var letter : said.strip().toCharArray()) {
            if (!isSpace(letter)) {
                text.append(letter);
            } else if (!text.isEmpty() && text.charAt(text.length() - 1) != ' ') {
                text.append(' ');
            }
        }
        return text.toString();
    }

    /// Where the word starts that the text ends with; -1 if it ends with none.
    private static int lastWord(String text) {
        var start = text.length();
        while (start > 0 && isOfWord(text.charAt(start - 1))) {
            start--;
        }
        return start == text.length() ? -1 : start;
    }

    private static int lastLetter(String text) {
        var at = text.length() - 1;
        while (at >= 0 && !isOfWord(text.charAt(at)) && !isUnspaced(text.charAt(at))) {
            at--;
        }
        return at;
    }
}
