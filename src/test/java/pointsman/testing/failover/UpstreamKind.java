package pointsman.testing.failover;

/// The dialects that primary and fallback speak.
public enum UpstreamKind {
    CHAT("openai", "openai"),
    MESSAGES("anthropic", "anthropic"),
    /// A primary that speaks chat completions, and a fallback that speaks messages.
    MIXED("openai", "anthropic");

    private final String primary;
    private final String fallback;

    UpstreamKind(String primary, String fallback) {
        this.primary = primary;
        this.fallback = fallback;
    }

    /// The primary's, as the configuration names it.
    String primary() {
        return primary;
    }

    String fallback() {
        return fallback;
    }
}
