package pointsman.testing;

import java.util.ArrayList;
import java.util.List;

/// OpenAI's chat completions.
final class ChatWire implements Wire {
    @Override
    public String buffered(String model, Said said) {
        return switch (said) {
            case Said.Text(var text) -> Completions.buffered(model, Completions.quoted(text));
            case Said.Calls(var calls) -> Completions.bufferedToolCalls(model, calls);
        };
    }

    @Override
    public List<String> begun(String model, Said said) {
        return switch (said) {
            case Said.Text(var text) -> Completions.begun(model, text);
            case Said.Calls(var calls) -> Completions.toolCalls(model, calls);
        };
    }

    @Override
    public List<String> finish(String model, Said said, boolean usage) {
        var events = new ArrayList<String>();
        events.add(Completions.event(model, "{}", said instanceof Said.Text ? "\"stop\"" : "\"tool_calls\""));
        if (usage) {
            events.add(Completions.usageEvent(model));
        }
        return events;
    }

    @Override
    public String done() {
        return Completions.DONE;
    }

    @Override
    public String piece(String model, int size) {
        return Completions.event(model, "{\"content\":\"" + "x".repeat(size) + "\"}", "null");
    }

    @Override
    public String error(String message) {
        return Completions.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return "data: " + Completions.error(message) + "\n\n";
    }
}
