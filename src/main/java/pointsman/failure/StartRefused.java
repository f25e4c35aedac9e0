package pointsman.failure;

/// The gateway will not start, and what the operator can do about it.
public final class StartRefused extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String action;

    /// @param reason one sentence: what is wrong
    /// @param action one sentence: what to do
    public StartRefused(String reason, String action) {
        super(reason);
        this.action = action;
    }

    /// What the operator can do.
    public String action() {
        return action;
    }
}
