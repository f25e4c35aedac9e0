package pointsman.score;

/// What the encoder sees of a prompt.
///
/// @param ids token ids with `[CLS]` and `[SEP]`
/// @param tokenCount tokens of the bounded text, special ones not counted
record EncodedPrompt(long[] ids, int tokenCount) {}
