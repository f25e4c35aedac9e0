package pointsman.job;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import pointsman.failure.Failure;
import tools.jackson.databind.json.JsonMapper;

/// Failures as answers keep them.
public final class JobFailures {
    private static final JsonMapper JSON = JsonMapper.shared();
    /// What upstreams say of a request is kept for each of its rows.
    private static final int LONGEST_WORDS = 2_000;

    private JobFailures() {}

    /// `{"code", "message"}`.
    public static String json(String code, String message) {
        return JSON.writeValueAsString(new TreeMap<>(Map.of("code", code, "message", message)));
    }

    /// `{"code", "message", "text"}`.
    ///
    /// @param text what was written, though it is no answer
    public static String json(String code, String message, String text) {
        return JSON.writeValueAsString(new TreeMap<>(Map.of("code", code, "message", message, "text", text)));
    }

    /// `{"code", "message"}`. What an upstream rejects is told in its own words.
    public static String json(Failure failure) {
        return json(failure.code(), message(failure));
    }

    /// What happened, in so many words as are kept.
    static String message(Failure failure) {
        return shortened(
                switch (failure) {
                    case Failure.UpstreamRejected rejected
                    when rejected.words().isBlank() ->
                        rejected.message() + " " + new String(rejected.body(), StandardCharsets.UTF_8);
                    case Failure.Unexpected _ -> "The gateway failed; its log has the cause.";
                    default -> failure.message();
                },
                LONGEST_WORDS);
    }

    /// At most so many characters, and whether there were more.
    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "...";
    }
}
