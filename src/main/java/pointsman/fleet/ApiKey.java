package pointsman.fleet;

/// A secret of ours that an upstream wants to see. It prints as stars, so that no log or error can show it.
///
/// @param value the key itself; empty for an upstream that wants none
public record ApiKey(String value) {
    /// Whether there is no key to send.
    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return isEmpty() ? "none" : "***";
    }
}
