package pointsman.dialect.habit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pointsman.dialect.wire.Json;
import pointsman.failure.FailureException;

/// What one provider takes of requests for one of its models.
public final class Habits {
    private static final Pattern ANY = Pattern.compile("(?s).*");

    /// Those of a provider that takes whatever it is asked.
    public static final Habits NONE = new Habits(RequestFormat.CHAT, Map.of());

    private final RequestFormat format;
    private final Map<Habit, List<String>> values;
    private final Pattern toolName;
    private final Concerns concerns;

    Habits(RequestFormat format, Map<Habit, List<String>> known) {
        this.format = format;
        this.values = new EnumMap<>(Habit.class);
        known.forEach((habit, list) -> values.put(habit, List.copyOf(list)));
        this.toolName = has(Habit.TOOL_NAME) ? Pattern.compile(value(Habit.TOOL_NAME)) : ANY;
        this.concerns = Concerns.of(this);
    }

    /// A request as its provider takes it.
    ///
    /// @param body the very same bytes if nothing had to be changed
    /// @param dropped names of what was left out
    public record Fitted(byte[] body, List<String> dropped) {}

    /// Fits a request. It is a pure function, and lies on the path of every request: where no habit can be
    /// about what is asked, it costs a look through the bytes.
    ///
    /// @param upstream the model's name, for failures
    /// @param body a request to converse, or to count its tokens, in the format of these habits
    /// @throws FailureException a [Failure.UnsupportedByUpstream] if it asks for what cannot be said there
    public Fitted fit(String upstream, byte[] body) {
        if (values.isEmpty() || !new HabitScan(this).mayConcern(body)) {
            return new Fitted(body, List.of());
        }
        return read(upstream, body);
    }

    /// The same without a look through the bytes before.
    Fitted read(String upstream, byte[] body) {
        var request = Json.object(body)
                .orElseThrow(() -> new IllegalStateException("a request that was read is a JSON object"));
        var fitting = new Fitting(upstream, this, request);
        FieldFitting.fit(fitting);
        ThoughtFitting.fit(fitting);
        ToolFitting.fit(fitting);
        SchemaFitting.fit(fitting);
        MessageFitting.fit(fitting);
        return new Fitted(fitting.isChanged() ? Json.MAPPER.writeValueAsBytes(request) : body, fitting.dropped());
    }

    /// How this provider is asked for the rest of an answer.
    Continuing continuing() {
        return has(Habit.CONTINUES) ? Continuing.named(value(Habit.CONTINUES)) : Continuing.NO;
    }

    /// The request for the rest of an answer that broke off. What it brings follows upon what was said; but
    /// some repeat that, or white space at its end.
    ///
    /// @param body the request that was answered, as it was sent
    /// @param said the words of the answer so far
    /// @param saidTokens about how many tokens these are
    /// @return empty where nobody can go on so: the rest has to be asked for in words
    public Optional<byte[]> continued(byte[] body, String said, int saidTokens) {
        return Continuation.of(continuing(), body, said, saidTokens);
    }

    Concerns concerns() {
        return concerns;
    }

    /// Whether strict schemas are not taken as they are.
    boolean readsSchemas() {
        return has(Habit.STRICT) || has(Habit.SCHEMA_REFUSES);
    }

    boolean isChat() {
        return format == RequestFormat.CHAT;
    }

    boolean isResponses() {
        return format == RequestFormat.RESPONSES;
    }

    boolean has(Habit habit) {
        return values.containsKey(habit);
    }

    List<String> list(Habit habit) {
        return values.getOrDefault(habit, List.of());
    }

    /// The only value of a habit; empty if there is none.
    String value(Habit habit) {
        var list = list(habit);
        return list.isEmpty() ? "" : list.getFirst();
    }

    /// Values of the form `name=value`.
    Map<String, String> pairs(Habit habit) {
        return list(habit).stream()
                .map(pair -> Arrays.asList(pair.split("=", 2)))
                .collect(Collectors.toMap(List::getFirst, List::getLast, (_, last) -> last));
    }

    boolean takesToolName(CharSequence name) {
        return toolName.matcher(name).matches();
    }
}
