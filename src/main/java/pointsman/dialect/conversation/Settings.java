package pointsman.dialect.conversation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import pointsman.dialect.conversation.Conversation.Setting;
import tools.jackson.databind.JsonNode;

/// The plain values of a conversation on their way into an upstream's request. What is not taken is dropped
/// in the end, or refused if it changes what is asked.
public final class Settings {
    private final Dropped dropped;
    private final Map<String, Setting> left;

    public Settings(Dropped dropped, Map<String, Setting> settings) {
        this.dropped = dropped;
        this.left = new LinkedHashMap<>(settings);
    }

    public Optional<JsonNode> take(String name) {
        return Optional.ofNullable(left.remove(name)).map(Setting::value);
    }

    /// Takes out what has no meaning for the upstream, by a rule that says so.
    public void forget(String... names) {
        for (var name : names) {
            left.remove(name);
        }
    }

    /// Drops what was not taken.
    public void end() {
        left.values().forEach(setting -> dropped.field(setting.field(), setting.value()));
    }
}
