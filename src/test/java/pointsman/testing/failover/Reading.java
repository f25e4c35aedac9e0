package pointsman.testing.failover;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// An answer as a strict client of one dialect reads it: whatever the dialect does not allow is a
/// complaint.
abstract class Reading {
    private static final JsonMapper JSON = new JsonMapper();

    private final StringBuilder text = new StringBuilder();
    private final Set<String> complaints = new LinkedHashSet<>();
    private final Set<String> models = new LinkedHashSet<>();
    private final Set<String> ids = new LinkedHashSet<>();
    private @Nullable String error;
    private boolean ended;
    private long input;
    private long output;

    /// One event of a stream.
    ///
    /// @param name empty: it has none
    abstract void event(String name, JsonNode data);

    /// A whole answer.
    abstract void whole(JsonNode answer);

    /// The data that is no JSON, such as `[DONE]`.
    void mark(String data) {
        complain("an event that is no JSON: " + shortened(data));
    }

    /// Whether an error has this dialect's shape.
    abstract boolean isError(JsonNode body);

    final void readStream(String body) {
        for (var event : SseEvent.read(body, this::complain)) {
            if (ended || error != null) {
                complain("an event after the end");
            }
            try {
                event(event.name(), JSON.readTree(event.data()));
            } catch (JacksonException _) {
                mark(event.data());
            }
        }
    }

    final void readWhole(String body) {
        try {
            whole(JSON.readTree(body));
        } catch (JacksonException _) {
            complain("no JSON");
        }
    }

    final void readRefusal(String body) {
        try {
            var json = JSON.readTree(body);
            if (!isError(json)) {
                complain("an error in another shape");
            }
            failed(json);
        } catch (JacksonException _) {
            complain("an error that is no JSON");
        }
    }

    final void failed(JsonNode body) {
        var at = body.path("error");
        var code = at.path("code").asString(at.path("type").asString(""));
        error = code + ": " + at.path("message").asString("");
    }

    final void say(String more) {
        text.append(more);
    }

    final void named(JsonNode id, JsonNode model) {
        ids.add(id.asString(""));
        models.add(model.asString(""));
        if (ids.size() > 1) {
            complain("more than one id");
        }
    }

    final void used(JsonNode inputTokens, JsonNode outputTokens) {
        input = Math.max(input, inputTokens.asLong(0));
        output = Math.max(output, outputTokens.asLong(0));
    }

    /// The dialect's own mark of a whole answer.
    final void end() {
        ended = true;
    }

    final void complain(String about) {
        complaints.add(about);
    }

    final void complainUnless(boolean right, String about) {
        if (!right) {
            complain(about);
        }
    }

    final String text() {
        return text.toString();
    }

    final boolean hasEnded() {
        return ended;
    }

    /// Code and sentence of the error that the answer is, or ends with; empty: there is none.
    final String error() {
        return error == null ? "" : error;
    }

    final Set<String> complaints() {
        return complaints;
    }

    /// The model that the answer names last.
    final String model() {
        return models.stream().reduce("", (_, last) -> last);
    }

    final long input() {
        return input;
    }

    final long output() {
        return output;
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
