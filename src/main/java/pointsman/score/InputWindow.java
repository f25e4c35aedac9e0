package pointsman.score;

/// How much of a text is read: characters (code points) that are tokenised, and tokens that are encoded, special ones
/// included. The numbers stand in `calibration.json`, because the model was trained with them.
record InputWindow(int headCharacters, int tailCharacters, int headTokens, int tailTokens) {
    InputWindow {
        if (headCharacters < 1 || tailCharacters < 1 || headTokens < 1 || tailTokens < 1) {
            throw new IllegalArgumentException("window: every length must be at least 1");
        }
    }

    /// The part of the text that its score depends on.
    String bounded(String text) {
        var limit = headCharacters + tailCharacters;
        if (text.length() <= limit || text.codePointCount(0, text.length()) <= limit) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, headCharacters))
                + "\n"
                + text.substring(text.offsetByCodePoints(text.length(), -tailCharacters));
    }
}
