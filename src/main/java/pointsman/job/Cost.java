package pointsman.job;

/// What tokens cost, in millionths of a dollar.
///
/// @param micros in all
/// @param inputMicros the prompts' part of that
/// @param largeMicros what the same tokens would have cost on the large tier
public record Cost(long micros, long inputMicros, long largeMicros) {
    public static final Cost NOTHING = new Cost(0, 0, 0);
}
