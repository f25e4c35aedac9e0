package pointsman.dialect.responses;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.answer.AnswerEvent.Signed;
import pointsman.dialect.conversation.OpenAiSeal;
import tools.jackson.databind.JsonNode;

/// The items of a response as the parts of an answer, one after the other. One item is told piece by piece,
/// as it comes. What comes of another meanwhile is told when that one is complete, for the end of an item
/// repeats it: so a server may mix its items.
final class OutputItems {
    private static final int NONE = -1;

    private final Consumer<AnswerEvent> steps;
    private final Map<Integer, JsonNode> waiting = new TreeMap<>();
    private final Set<Integer> told = new HashSet<>();
    private final Set<Integer> passedOver = new HashSet<>();
    private Optional<Kind> kind = Optional.empty();
    private int open = NONE;
    private int place;
    private boolean said;
    private boolean called;
    private int held;

    OutputItems(Consumer<AnswerEvent> steps) {
        this.steps = steps;
    }

    /// Whether a tool is to be called.
    boolean isCalling() {
        return called;
    }

    /// Characters that wait.
    int held() {
        return held;
    }

    /// An item begins. What it is going to say is known of calls only.
    void added(int index, JsonNode item) {
        if (open != NONE && open != index) {
            passedOver.add(index);
            return;
        }
        open = index;
        place = 0;
        said = false;
        call(item).ifPresent(this::begin);
    }

    /// More of an item comes.
    ///
    /// @param at its part of the item
    void delta(int index, Kind what, int at, String text) {
        if (open == NONE && !passedOver.contains(index) && !told.contains(index)) {
            open = index;
        }
        if (open != index || text.isEmpty()) {
            return;
        }
        if (kind.isEmpty() || (at != place && !(what instanceof Kind.Thinking)) || !isOf(what)) {
            end();
            begin(what);
        } else if (at != place && said) {
            say("\n\n");
        }
        place = at;
        say(text);
    }

    /// More of the open call's arguments comes.
    void argue(int index, String text) {
        if (open == index && kind.filter(Kind.Call.class::isInstance).isPresent()) {
            say(text);
        }
    }

    private boolean isOf(Kind what) {
        return kind.filter(known -> known.getClass().equals(what.getClass())).isPresent();
    }

    /// An item is complete.
    void done(int index, JsonNode item) {
        if (told.contains(index)) {
            return;
        }
        if (open == index) {
            complete(item);
            told.add(index);
            open = NONE;
            tellWaiting();
        } else if (open == NONE) {
            told.add(index);
            whole(item);
        } else {
            held += item.toString().length();
            waiting.put(index, item);
        }
    }

    /// The rest of the open item: what its pieces have not told.
    private void complete(JsonNode item) {
        if (kind.isEmpty()) {
            whole(item);
            return;
        }
        if (!said && kind.get() instanceof Kind.Call call) {
            say(text(item, call.isCustom() ? "input" : "arguments"));
        }
        sign(item);
        end();
    }

    private void tellWaiting() {
        waiting.forEach((index, item) -> {
            told.add(index);
            whole(item);
        });
        waiting.clear();
        held = 0;
    }

    /// The answer is complete. What of it was told by no event of its own is told now.
    void finish(JsonNode output) {
        if (open != NONE) {
            done(open, output.path(open));
        }
        for (var i = 0; i < output.size(); i++) {
            done(i, output.path(i));
        }
    }

    /// Tells a whole item. One of a kind that is not known here, such as a search that OpenAI has made, is
    /// left out: the words beside it are the answer.
    void whole(JsonNode item) {
        switch (text(item, "type")) {
            case "message" -> item.path("content").forEach(this::part);
            case "reasoning" -> {
                var summary = texts(item.path("summary"));
                var words = summary.isEmpty() ? texts(item.path("content")) : summary;
                if (!words.isEmpty()) {
                    begin(new Kind.Thinking());
                    say(words);
                }
                sign(item);
                end();
            }
            default ->
                call(item).ifPresent(asked -> {
                    begin(asked);
                    say(text(item, asked.isCustom() ? "input" : "arguments"));
                    end();
                });
        }
    }

    private void part(JsonNode part) {
        var isRefusal = text(part, "type").equals("refusal");
        var words = text(part, isRefusal ? "refusal" : "text");
        if (!words.isEmpty()) {
            begin(isRefusal ? new Kind.Refusal() : new Kind.Text());
            say(words);
            end();
        }
    }

    private static String texts(JsonNode parts) {
        return parts.valueStream().map(part -> text(part, "text")).collect(Collectors.joining("\n\n"));
    }

    /// A call without a name can be made by nobody: it is none.
    private static Optional<Kind.Call> call(JsonNode item) {
        var type = text(item, "type");
        var isCustom = type.equals("custom_tool_call");
        var isCall = isCustom || type.equals("function_call");
        return isCall && !text(item, "name").isEmpty()
                ? Optional.of(new Kind.Call(text(item, "call_id"), "", text(item, "name"), isCustom))
                : Optional.empty();
    }

    /// Thoughts may be sealed and say nothing.
    private void sign(JsonNode item) {
        var sealed = text(item, "encrypted_content");
        if (!text(item, "type").equals("reasoning") || sealed.isEmpty()) {
            return;
        }
        if (kind.isEmpty()) {
            begin(new Kind.Thinking());
        }
        steps.accept(new Signed(new OpenAiSeal(text(item, "id"), sealed).signature()));
    }

    private void begin(Kind what) {
        kind = Optional.of(what);
        called |= what instanceof Kind.Call;
        said = false;
        steps.accept(new Opened(what));
    }

    private void say(String text) {
        if (!text.isEmpty()) {
            said = true;
            steps.accept(new Delta(text));
        }
    }

    private void end() {
        if (kind.isPresent()) {
            kind = Optional.empty();
            steps.accept(new Closed());
        }
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
