package pointsman.fleet;

/// A part of what comes back from a model.
sealed interface Part permits AnswerPart, RawPart {
    /// Whether it says something: comments and pings do not, and are no life.
    boolean speaks();

    /// Whether what was said last is of a call of a tool, between whose pieces some keep silent for long.
    boolean isCalling();
}
