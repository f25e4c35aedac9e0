package pointsman.fleet;

import java.util.Locale;

/// The two rungs of the ladder: the cheap local quantized model, and the costly one.
public enum Tier {
    SMALL,
    LARGE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /// The word for headers, meters and configuration: `small` or `large`.
    public String label() {
        return label;
    }
}
