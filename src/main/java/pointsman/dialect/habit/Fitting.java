package pointsman.dialect.habit;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import pointsman.dialect.conversation.Dropped;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A request while it is fitted, and what comes of it.
final class Fitting {
    /// Fields that change what is asked, and why one is refused where it cannot be said.
    private static final Map<String, String> DEMANDS = Map.ofEntries(
            Map.entry("n", "it gives one answer"),
            Map.entry("logprobs", "it does not tell the likelihood of tokens"),
            Map.entry("top_logprobs", "it does not tell the likelihood of tokens"),
            Map.entry("logit_bias", "it biases no tokens"),
            Map.entry("stop", "it stops at no words"),
            Map.entry("parallel_tool_calls", "it may call several tools at once"),
            Map.entry("include", "it has nothing of that to tell"),
            Map.entry("response_format", "it answers in no format that a client chooses"),
            Map.entry("tools", "it calls no tools"),
            Map.entry("tool_choice", "it lets no client choose"),
            Map.entry("functions", "functions are offered as 'tools' there"),
            Map.entry("function_call", "functions are offered as 'tools' there"),
            Map.entry("modalities", "it answers with text"),
            Map.entry("audio", "it answers with text"));

    private final String upstream;
    private final Habits habits;
    private final ObjectNode request;
    private final Dropped dropped;
    private boolean changed;

    Fitting(String upstream, Habits habits, ObjectNode request) {
        this.upstream = upstream;
        this.habits = habits;
        this.request = request;
        this.dropped = new Dropped(upstream, Map.of());
    }

    Habits habits() {
        return habits;
    }

    ObjectNode request() {
        return request;
    }

    boolean isChanged() {
        return changed;
    }

    List<String> dropped() {
        return dropped.names();
    }

    /// Notes that the request is another one now.
    void change() {
        changed = true;
    }

    /// Notes that a hint is not passed on as it was given.
    void name(String field) {
        dropped.name(field);
        change();
    }

    /// Takes entries out of a list.
    ///
    /// @return whether there were any
    boolean remove(JsonNode list, Predicate<JsonNode> entries) {
        var before = list.size();
        if (list instanceof ArrayNode array) {
            array.removeIf(entries);
        }
        changed |= list.size() < before;
        return list.size() < before;
    }

    /// Takes a field out that is not taken there, without a word if it asks for nothing.
    void remove(ObjectNode holder, String field, String path) {
        var value = holder.path(field);
        if (value.isMissingNode()) {
            return;
        }
        if (!asksForNothing(path, value)) {
            var why = DEMANDS.get(path);
            if (why != null) {
                throw refused(path, why);
            }
            dropped.name(path);
        }
        holder.remove(field);
        change();
    }

    static boolean isDemand(String field) {
        return DEMANDS.containsKey(field);
    }

    FailureException refused(String field, String why) {
        return new Failure.UnsupportedByUpstream(upstream, field, why).asException();
    }

    /// What is so where nobody says anything, and what the gateway itself has added.
    private static boolean asksForNothing(String field, JsonNode value) {
        if (value.isNull() || (value.isContainer() && value.isEmpty())) {
            return true;
        }
        return switch (field) {
            case "temperature", "top_p", "n", "repetition_penalty" -> isNumber(value, 1);
            case "presence_penalty", "frequency_penalty", "top_logprobs" -> isNumber(value, 0);
            case "logprobs", "store" -> value.isBoolean() && !value.booleanValue();
            case "parallel_tool_calls" -> value.isBoolean() && value.booleanValue();
            case "stream_options", "prompt_cache_key" -> true;
            case "include" -> value.toString().equals("[\"reasoning.encrypted_content\"]");
            case "modalities" -> value.toString().equals("[\"text\"]");
            case "verbosity" -> value.asString("").equals("medium");
            case "service_tier" -> List.of("auto", "default").contains(value.asString(""));
            case "tool_choice" -> List.of("auto", "none").contains(value.asString(""));
            default -> value.isString() && value.stringValue().isEmpty();
        };
    }

    private static boolean isNumber(JsonNode value, int number) {
        return value.isNumber() && value.doubleValue() == number;
    }
}
