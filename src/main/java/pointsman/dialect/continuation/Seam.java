package pointsman.dialect.continuation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Joins the words of an answer that broke off with those of its continuation, as they come in pieces.
///
/// A model that was asked in words to go on says some of it again: the last words, the last sentence, or all
/// from the start, often behind a quotation mark or an ellipsis. What it says twice stands once. A model that
/// goes on in an assistant's message that was begun for it (a prefill) says nothing twice; there, an end that
/// looks repeated ("very, very") is meant, and only an answer that plainly began anew is cut.
///
/// What may yet turn out to be repeated is held back, by the letter; the rest is told at once. Where
/// nothing is repeated, two words get a blank between them, as no model says one first when it was asked in
/// words. Not for two threads at once.
final class Seam {
    /// White space, a quotation mark, an ellipsis: what stands before something that is said again.
    private static final Pattern BEFORE = Pattern.compile("[\\s\"“„«‹「『‘']{0,8}(…|\\.{0,8})");

    private final Said said;
    private final boolean isExact;
    private final char last;
    private final StringBuilder held = new StringBuilder();
    private final List<Overlap> overlaps = new ArrayList<>(2);
    private boolean knowsBefore;
    private State state = State.COMPARING;

    private enum State {
        COMPARING,
        SPACE,
        TELLING
    }

    /// @param said what the client was told before the answer broke off
    /// @param isExact whether the continuation was asked for by prefill
    public Seam(String said, boolean isExact) {
        this.said = new Said(said, isExact);
        this.isExact = isExact;
        this.last = said.isEmpty() ? ' ' : said.charAt(said.length() - 1);
        this.knowsBefore = isExact;
        overlaps.add(new Overlap(this.said, 0));
        if (!this.said.mayBeRepeated()) {
            state = State.TELLING;
        }
    }

    /// Tells what is new in the next piece, and whatever of the pieces before it turned out to be.
    ///
    /// @param more the next piece of the continuation
    /// @return what the client may be told now, maybe nothing
    public String take(String more) {
        var taken = 0;
        while (state != State.TELLING && taken < more.length()) {
            held.append(more.charAt(taken++));
            switch (state) {
                case COMPARING -> compare();
                case SPACE -> skipSpace(false);
                case TELLING -> {}
            }
        }
        if (state != State.TELLING) {
            return "";
        }
        var told = held.append(more, taken, more.length()).toString();
        held.setLength(0);
        return told;
    }

    /// Tells the rest.
    ///
    /// @return what was held back, now that the continuation is over
    public String end() {
        if (state == State.COMPARING) {
            decide();
        }
        if (state == State.SPACE) {
            skipSpace(true);
        }
        return take("");
    }

    private void compare() {
        var letter = held.charAt(held.length() - 1);
        overlaps.forEach(overlap -> overlap.add(letter));
        if (!knowsBefore) {
            lookBefore();
        }
        if (!isOpen()) {
            decide();
        }
    }

    /// Once it is known what stands before the first word, that may be left out, too.
    private void lookBefore() {
        var before = BEFORE.matcher(held);
        if (!before.lookingAt() || before.end() == held.length()) {
            return;
        }
        knowsBefore = true;
        if (!before.group().isBlank() && !isFullStop(before.group(1))) {
            var behind = new Overlap(said, before.end());
            held.chars().skip(before.end()).forEach(letter -> behind.add((char) letter));
            overlaps.add(behind);
        }
    }

    private static boolean isFullStop(String dots) {
        return dots.equals(".") || dots.equals("..");
    }

    private boolean isOpen() {
        return !knowsBefore || overlaps.stream().anyMatch(Overlap::isOpen);
    }

    private void decide() {
        var end = overlaps.stream().mapToInt(Overlap::end).max().orElse(0);
        overlaps.clear();
        if (end > 0) {
            held.delete(0, end);
            state = State.SPACE;
            skipSpace(false);
        } else {
            state = State.TELLING;
            joinNew();
        }
    }

    /// After what is repeated, white space is told but for what the client has already.
    private void skipSpace(boolean isOver) {
        var before = said.spaceAfter();
        var spaces = 0;
        while (spaces < held.length() && Letters.isSpace(held.charAt(spaces))) {
            spaces++;
        }
        if (!isOver && !before.isEmpty() && spaces == held.length() && spaces <= before.length()) {
            return;
        }
        var same = 0;
        while (same < Math.min(spaces, before.length()) && held.charAt(same) == before.charAt(same)) {
            same++;
        }
        var hasNewLine = held.substring(same, spaces).indexOf('\n') >= 0;
        held.delete(0, same == before.length() || hasNewLine ? same : spaces);
        state = State.TELLING;
    }

    private void joinNew() {
        if (isExact || held.isEmpty()) {
            return;
        }
        var first = held.charAt(0);
        if (Letters.isOfWord(last) && Letters.isOfWord(first)) {
            held.insert(0, ' ');
        } else if (Letters.isSpace(last) && first == ' ' && held.length() > 1 && !Letters.isSpace(held.charAt(1))) {
            held.deleteCharAt(0);
        }
    }
}
