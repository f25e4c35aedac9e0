package pointsman.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.RequestFacts.NamedChoice;
import pointsman.dialect.wire.Span;
import tools.jackson.core.JsonToken;

/// Reads how many tools a request offers, and whether it demands that one of them be called.
final class ToolsReader {
    private static final String TOOLS = "tools";

    private final BodyParser body;
    private final int limit;
    private final List<NamedTool> tools = new ArrayList<>();
    private @Nullable NamedTool choice;

    ToolsReader(BodyParser body, int limit) {
        this.body = body;
        this.limit = limit;
    }

    /// Reads the value of `tools`.
    void tools() {
        if (body.is(JsonToken.VALUE_NULL)) {
            return;
        }
        body.requireList(TOOLS);
        while (body.nextElement()) {
            if (tools.size() == limit) {
                throw BodyParser.tooMany(TOOLS, limit);
            }
            tools.add(tool());
        }
    }

    /// Whether there is one at least.
    boolean areOffered() {
        return !tools.isEmpty();
    }

    /// Reads the value of `tool_choice`.
    void choice() {
        var chosen = tool();
        choice = chosen.name().isEmpty() ? null : chosen;
    }

    /// The choice of one tool that is offered, and what to cut out for the others to go.
    Optional<NamedChoice> namedChoice() {
        var chosen = choice;
        if (chosen == null || tools.stream().noneMatch(tool -> tool.name().equals(chosen.name()))) {
            return Optional.empty();
        }
        var others = new ListCut();
        tools.forEach(tool -> others.element(tool.at(), !tool.name().equals(chosen.name())));
        return Optional.of(new NamedChoice(chosen.at(), others.end()));
    }

    /// A value as OpenAI writes tools and the choice of one: `{"function": {"name": "f"}}`.
    private NamedTool tool() {
        var start = body.start();
        var name = "";
        if (body.is(JsonToken.START_OBJECT)) {
            while (body.nextField()) {
                if (body.value().equals("function") && body.is(JsonToken.START_OBJECT)) {
                    name = name();
                } else {
                    body.skip();
                }
            }
        } else {
            body.skip();
        }
        return new NamedTool(name, body.from(start));
    }

    private String name() {
        var name = "";
        while (body.nextField()) {
            if (body.value().equals("name") && body.is(JsonToken.VALUE_STRING)) {
                name = body.string();
            } else {
                body.skip();
            }
        }
        return name;
    }

    /// A tool, or the choice of one, and where it stands; its name is empty if it has none that is read.
    private record NamedTool(String name, Span at) {}
}
