package pointsman.dialect;

/// How much of a request's shape is accepted before it is refused with a 400.
///
/// @param depth levels of nesting
/// @param messages messages of one conversation
/// @param tools tools offered to the model
public record ReadLimits(int depth, int messages, int tools) {}
