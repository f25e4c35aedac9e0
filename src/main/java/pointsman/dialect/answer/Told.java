package pointsman.dialect.answer;

/// What a client has been told of an answer that broke off.
///
/// @param answer as far as it went
/// @param writer that wrote it, or would have: it goes on where it stopped
public record Told(Answer answer, AnswerWriter writer) {}
