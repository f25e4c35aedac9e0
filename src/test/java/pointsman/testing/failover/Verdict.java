package pointsman.testing.failover;

/// What a case came to, the best first.
public enum Verdict {
    /// The whole answer, every word once, ended as its dialect ends, within attempts and seconds.
    PASS("pass"),
    /// Whole, but slower or asked otherwise than wished.
    PARTIAL("partial"),
    /// An honest error in time.
    SAFE("safe"),
    /// A hang, a cut or garbled answer that claims to be whole, too many attempts, an internal error.
    FAIL("FAIL");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /// As tables have it.
    public String word() {
        return word;
    }
}
