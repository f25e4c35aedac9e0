package pointsman.dialect;

import java.util.Optional;
import java.util.function.Consumer;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.conversation.CustomTool;
import pointsman.dialect.conversation.ToolNames;

/// Gives the calls of one answer back as the client offered their tools: under its names, and with a text
/// where it takes one. All else passes.
final class ClientCalls {
    private final ToolNames names;
    private Optional<CustomTool> open = Optional.empty();

    ClientCalls(ToolNames names) {
        this.names = names;
    }

    /// Takes a step of the answer and passes on what it is for the client.
    void take(AnswerEvent step, Consumer<AnswerEvent> next) {
        switch (step) {
            case Opened(Kind.Call call) -> {
                var known = known(call);
                // An upstream that knows such tools, too, gives the text itself.
                open = known.isCustom() && !call.isCustom() ? Optional.of(new CustomTool()) : Optional.empty();
                next.accept(new Opened(known));
            }
            case Delta(var text) when open.isPresent() -> say(open.get().read(text), next);
            case Closed _
            when open.isPresent() -> {
                say(open.get().rest(), next);
                open = Optional.empty();
                next.accept(step);
            }
            case AnswerEvent.Begun _, Opened _, Delta _, AnswerEvent.Signed _, Closed _, AnswerEvent.Finished _ ->
                next.accept(step);
        }
    }

    private Kind.Call known(Kind.Call call) {
        var tool = names.back(call.name());
        return new Kind.Call(call.id(), tool.namespace(), tool.name(), names.isCustom(call.name()));
    }

    private static void say(String text, Consumer<AnswerEvent> next) {
        if (!text.isEmpty()) {
            next.accept(new Delta(text));
        }
    }
}
