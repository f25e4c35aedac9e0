package pointsman.fleet;

/// A piece of an answer that passes as it is: all of it if it is JSON, else what came next.
///
/// @param head the same for every piece of an answer
/// @param bytes of this piece
public record RawPart(Head head, byte[] bytes) implements Part {
    /// What is not read may say something with every piece.
    @Override
    public boolean speaks() {
        return true;
    }

    @Override
    public boolean isCalling() {
        return false;
    }

    /// What an upstream says before its answer.
    ///
    /// @param status one of success
    /// @param contentType as it is written; empty if there is none
    public record Head(int status, String contentType) {
        /// Whether this is JSON, which is read to its end before its first byte goes out.
        public boolean isJson() {
            return is("application/json");
        }

        /// Whether it comes as server-sent events.
        public boolean isEvents() {
            return is("text/event-stream");
        }

        /// Whether its type begins like this.
        public boolean is(String type) {
            return contentType.regionMatches(true, 0, type, 0, type.length());
        }
    }
}
