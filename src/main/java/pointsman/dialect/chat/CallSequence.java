package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;

/// Puts the tool calls of a chat completion one after the other.
///
/// OpenAI's chunks name a call by its index, so an upstream may open several and fill them in turns. The other
/// dialects fill one part at a time. A call is therefore passed on as it comes for as long as it is the first
/// that is not complete; the later ones are held back. It is complete when its arguments are a whole JSON
/// object and another call follows, or when the answer ends. Upstreams that send one call after the other, as
/// most do, lose no time by this.
///
/// Not everybody numbers calls: another id under the same index is another call, and so is another name after
/// whole arguments. A call without an id gets one.
final class CallSequence {
    private static final int NO_INDEX = -1;

    private final List<Call> calls = new ArrayList<>();
    private int first;

    /// Takes one entry of `tool_calls`.
    ///
    /// @param answerId of the answer, for calls without an id
    public void take(JsonNode entry, String answerId, Consumer<AnswerEvent> steps) {
        var function = entry.path("function");
        var call = find(entry, answerId);
        if (call.name.isEmpty()) {
            call.name = function.path("name").asString("");
        }
        call.add(arguments(function));
        pass(steps);
    }

    /// No call gets any longer. Those without a name to call are left out.
    ///
    /// @return whether all were calls
    public boolean finish(Consumer<AnswerEvent> steps) {
        calls.forEach(call -> call.json.end());
        var allPassed = !calls.removeIf(call -> call.name.isEmpty());
        pass(steps);
        calls.clear();
        first = 0;
        return allPassed;
    }

    /// Characters that wait for an earlier call to be complete.
    public int held() {
        return calls.stream().mapToInt(call -> call.held.length()).sum();
    }

    /// Some give the arguments as the object that they are, and not as its text.
    private static String arguments(JsonNode function) {
        var arguments = function.path("arguments");
        return arguments.isObject() ? Json.text(arguments) : arguments.asString("");
    }

    private Call find(JsonNode entry, String answerId) {
        var index = entry.path("index").asInt(NO_INDEX);
        var id = entry.path("id").asString("");
        var named = !entry.path("function").path("name").asString("").isEmpty();
        return calls.reversed().stream()
                .filter(call -> call.index == index)
                .findFirst()
                .filter(call -> !call.isFollowedBy(id, named))
                .orElseGet(() -> open(index, id.isEmpty() ? "call_%s_%d".formatted(answerId, calls.size()) : id, id));
    }

    private Call open(int index, String id, String statedId) {
        var call = new Call(index, id, statedId);
        calls.add(call);
        return call;
    }

    private void pass(Consumer<AnswerEvent> steps) {
        while (first < calls.size()) {
            var call = calls.get(first);
            if (call.name.isEmpty()) {
                return;
            }
            call.pass(steps);
            var isLast = first == calls.size() - 1;
            if (!call.json.isEnded() && (isLast || !call.json.isWhole())) {
                return;
            }
            call.close(steps);
            first++;
        }
    }

    private static final class Call {
        private final int index;
        private final String id;
        private final String statedId;
        private final JsonEnd json = new JsonEnd();
        private final StringBuilder held = new StringBuilder();
        private String name = "";
        private boolean opened;

        Call(int index, String id, String statedId) {
            this.index = index;
            this.id = id;
            this.statedId = statedId;
        }

        boolean isFollowedBy(String nextId, boolean named) {
            return nextId.isEmpty() ? named && json.isWhole() : !nextId.equals(statedId) && !statedId.isEmpty();
        }

        void add(String arguments) {
            json.read(arguments);
            held.append(arguments);
        }

        void pass(Consumer<AnswerEvent> steps) {
            if (!opened) {
                opened = true;
                steps.accept(new Opened(new Kind.Call(id, name)));
            }
            if (!held.isEmpty()) {
                steps.accept(new Delta(held.toString()));
                held.setLength(0);
            }
        }

        /// A call without arguments has none, and that is an empty object everywhere.
        void close(Consumer<AnswerEvent> steps) {
            if (json.isBlank()) {
                steps.accept(new Delta("{}"));
            }
            steps.accept(new Closed());
        }
    }

    /// Follows JSON text to the end of its object, piece by piece.
    private static final class JsonEnd {
        private int depth;
        private boolean inString;
        private boolean escaped;
        private boolean begun;
        private boolean ended;

        void read(String text) {
            text.chars().forEach(this::read);
        }

        private void read(int character) {
            if (escaped) {
                escaped = false;
            } else if (inString) {
                escaped = character == '\\';
                inString = character != '"';
            } else {
                switch (character) {
                    case '"' -> inString = true;
                    case '{', '[' -> depth++;
                    case '}', ']' -> depth--;
                    default -> {}
                }
            }
            begun |= !Character.isWhitespace(character);
        }

        void end() {
            ended = true;
        }

        boolean isEnded() {
            return ended;
        }

        boolean isBlank() {
            return !begun;
        }

        boolean isWhole() {
            return begun && depth <= 0 && !inString;
        }
    }
}
