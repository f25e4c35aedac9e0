package pointsman.dialect.answer;

import java.util.Optional;
import pointsman.usage.TokenUsage;

/// A buffered answer, read to its end.
///
/// @param bytes the body for the client, in the client's dialect
/// @param characters of text in it: content, reasoning, tool arguments; for an estimate where no usage is
///     stated
/// @param usage the tokens that the upstream states, if it states some that can be meant
public record WholeAnswer(byte[] bytes, int characters, Optional<TokenUsage> usage) {}
