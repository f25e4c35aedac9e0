package pointsman.dialect;

/// How much of a request's shape is accepted before it is refused with a 400.
///
/// @param depth levels of nesting
/// @param messages messages of one conversation
/// @param tools tools offered to the model
/// @param nodes values and names
public record ReadLimits(int depth, int messages, int tools, int nodes) {
    /// As many values and names as there may be.
    public ReadLimits(int depth, int messages, int tools) {
        this(depth, messages, tools, 1_000_000);
    }
}
