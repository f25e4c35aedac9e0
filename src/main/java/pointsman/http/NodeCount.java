package pointsman.http;

/// Counts the values and names of a JSON text while its bytes come, so that a text of millions of tiny
/// values is refused before anything is made of it. What stands between two of them is counted, and not
/// they themselves: one byte in a million would be enough for a value, and every one of them has a comma, a
/// colon or a bracket of its own. Whether the text is JSON at all is not looked at.
final class NodeCount {
    private boolean isInString;
    private boolean isEscaped;
    private long count;

    /// Takes in what follows.
    ///
    /// @return the count so far
    long add(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (isInString) {
                inString(bytes[at]);
            } else {
                outside(bytes[at]);
            }
        }
        return count;
    }

    private void inString(byte next) {
        if (isEscaped) {
            isEscaped = false;
        } else if (next == '\\') {
            isEscaped = true;
        } else {
            isInString = next != '"';
        }
    }

    private void outside(byte next) {
        switch (next) {
            case ',', ':', '[', '{' -> count++;
            case '"' -> isInString = true;
            default -> {}
        }
    }
}
