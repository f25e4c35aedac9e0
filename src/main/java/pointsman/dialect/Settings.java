package pointsman.dialect;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import pointsman.dialect.Conversation.Setting;
import pointsman.failure.Failure;
import tools.jackson.databind.JsonNode;

/// The plain values of a conversation on their way into an upstream's request. What is not taken is refused in
/// the end.
final class Settings {
    private final String upstream;
    private final Map<String, Setting> left;

    Settings(String upstream, Map<String, Setting> settings) {
        this.upstream = upstream;
        this.left = new LinkedHashMap<>(settings);
    }

    Optional<JsonNode> take(String name) {
        return Optional.ofNullable(left.remove(name)).map(Setting::value);
    }

    /// Takes out a value that asks for nothing, such as a penalty of zero, and leaves any other one to be
    /// refused.
    void takeIf(String name, Predicate<JsonNode> asksForNothing) {
        left.computeIfPresent(name, (_, setting) -> asksForNothing.test(setting.value()) ? null : setting);
    }

    /// Takes out what has no meaning for the upstream, by a rule that says so.
    void forget(String... names) {
        for (var name : names) {
            left.remove(name);
        }
    }

    /// Refuses what was not taken.
    void end() {
        left.values().stream().findFirst().ifPresent(setting -> {
            throw new Failure.UnsupportedByUpstream(upstream, setting.field(), "its dialect has no such setting")
                    .asException();
        });
    }
}
