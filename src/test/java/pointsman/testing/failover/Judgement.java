package pointsman.testing.failover;

/// The verdict on a case, and what it rests on.
///
/// @param primaryCalls how often the primary was asked
/// @param fallbackCalls how often the fallback was
/// @param seconds from the request to the last byte of the answer
/// @param saw what the client saw, in a few words
public record Judgement(
        FailoverCase of, Verdict verdict, int primaryCalls, int fallbackCalls, double seconds, String saw) {}
