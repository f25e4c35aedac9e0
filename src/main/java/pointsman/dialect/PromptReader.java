package pointsman.dialect;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import pointsman.dialect.conversation.OpenAiSeal;
import pointsman.dialect.wire.Span;
import tools.jackson.core.JsonToken;

/// Reads what the model is to read, in whichever dialect: the text that the router scores, how the
/// conversation begins, what of it is no text, and what in it only this gateway can read: thoughts of other
/// models than its maker's, and summaries.
final class PromptReader {
    private final BodyParser body;
    private final Dialect dialect;
    private final String field;
    private final int limit;
    private final TextToScore textToScore = new TextToScore();
    private final Beginning beginning = new Beginning();
    private final EnumSet<Capability> attachments = EnumSet.noneOf(Capability.class);
    private final List<Span> foreignThoughts = new ArrayList<>();
    private final List<RequestFacts.Summary> summaries = new ArrayList<>();
    private boolean onlyForeign;
    private boolean refers;
    private boolean isSealed;

    /// @param field the one that holds the conversation
    /// @param limit of messages
    PromptReader(BodyParser body, Dialect dialect, String field, int limit) {
        this.body = body;
        this.dialect = dialect;
        this.field = field;
        this.limit = limit;
    }

    /// All that was found.
    RequestFacts.Prompt facts() {
        return new RequestFacts.Prompt(
                textToScore.toString(), beginning, List.copyOf(foreignThoughts), List.copyOf(summaries), isSealed);
    }

    /// Whether an item stands for one that its maker has kept.
    boolean refers() {
        return refers;
    }

    /// The kinds of content that only some models can read.
    EnumSet<Capability> attachments() {
        return attachments;
    }

    /// Reads a system prompt that stands outside the messages.
    void system() {
        beginning.system(strings(true));
    }

    /// Reads what is no conversation but texts: one, or a list of them.
    void texts() {
        textToScore.turn("user", strings(false));
    }

    /// Reads a list of messages, in which OpenAI's responses know further items; they may also be asked by
    /// one string.
    void messages() {
        if (dialect == Dialect.OPENAI_RESPONSES && body.is(JsonToken.VALUE_STRING)) {
            turn("user", body.string());
            return;
        }
        body.requireList(field);
        var count = 0;
        var messages = new ListCut();
        while (body.nextElement()) {
            if (count == limit) {
                throw BodyParser.tooMany(field, limit);
            }
            if (!body.is(JsonToken.START_OBJECT)) {
                throw BodyParser.invalid(at(count), "A message must be an object.");
            }
            var start = body.start();
            var item = message(count++);
            var at = body.from(start);
            note(item, at);
            messages.element(at, onlyForeign);
        }
        if (count == 0) {
            throw BodyParser.invalid(field, "The field '%s' must hold at least one message.".formatted(field));
        }
        foreignThoughts.addAll(messages.end());
    }

    /// What of an item that is no message says whose it is.
    private void note(KeptItem item, Span at) {
        if (dialect == Dialect.OPENAI_RESPONSES) {
            refers |= item.isReference();
            isSealed |= item.isSealedSummary();
            onlyForeign |= item.isForeignThought();
            item.summary().ifPresent(text -> summaries.add(new RequestFacts.Summary(at, text)));
        }
    }

    private KeptItem message(int index) {
        var role = "";
        var text = "";
        var item = new KeptItem();
        onlyForeign = false;
        while (body.nextField()) {
            switch (body.value()) {
                case "type", "id", "encrypted_content" -> item.read(body);
                case "role" -> role = body.is(JsonToken.VALUE_STRING) ? body.string() : noRole(index);
                case "content" -> text = content(index, isRead(role));
                default -> body.skip();
            }
        }
        if (role.isEmpty() && dialect != Dialect.OPENAI_RESPONSES) {
            throw BodyParser.invalid(at(index) + ".role", "A message needs a role.");
        }
        turn(role, text);
        return item;
    }

    private String noRole(int index) {
        return body.requireString(at(index) + ".role");
    }

    /// Whether anybody reads the text of a message: what models and tools said is most of a long
    /// conversation, and is passed over. Where the role comes last, all is read.
    private boolean isRead(String role) {
        return beginning.isOpen() || role.isEmpty() || role.equals("user");
    }

    private void turn(String role, String text) {
        textToScore.turn(role, text);
        beginning.turn(role, text);
    }

    private String content(int index, boolean isRead) {
        return switch (body.token()) {
            case VALUE_STRING -> isRead ? body.string() : "";
            case VALUE_NULL -> "";
            case START_ARRAY -> parts(index, isRead);
            default ->
                throw BodyParser.invalid(
                        at(index) + ".content", "A message's content must be a string, a list of parts or null.");
        };
    }

    private String parts(int index, boolean isRead) {
        var text = new StringBuilder();
        var foreign = new ListCut();
        while (body.nextElement()) {
            if (!body.is(JsonToken.START_OBJECT)) {
                throw BodyParser.invalid(at(index) + ".content", "A part of a message's content must be an object.");
            }
            var start = body.start();
            var isForeign = part(text, isRead);
            foreign.element(body.from(start), isForeign);
        }
        onlyForeign = foreign.isWhole();
        if (!onlyForeign) {
            foreignThoughts.addAll(foreign.end());
        }
        return text.toString();
    }

    /// Reads a part, and says whether it is a thought that Anthropic did not sign.
    private boolean part(StringBuilder text, boolean isRead) {
        var isThought = false;
        var isForeign = false;
        while (body.nextField()) {
            var name = body.value();
            if (!body.is(JsonToken.VALUE_STRING)) {
                body.skip();
                continue;
            }
            switch (name) {
                case "text" -> {
                    if (isRead) {
                        append(text);
                    }
                }
                case "type" -> {
                    var type = body.string();
                    isThought = type.equals("thinking");
                    Capability.ofPart(type).ifPresent(attachments::add);
                }
                case "signature" -> isForeign = body.string().isEmpty() || OpenAiSeal.is(body.string());
                default -> {}
            }
        }
        return isThought && isForeign;
    }

    /// The strings of a value, however deep they lie: all, or only those that are called `text`.
    private String strings(boolean onlyTexts) {
        var text = new StringBuilder();
        var depth = 0;
        do {
            depth += body.token().isStructStart() ? 1 : body.token().isStructEnd() ? -1 : 0;
            var isMeant = depth == 0 || !onlyTexts || body.field().equals("text");
            if (isMeant && body.is(JsonToken.VALUE_STRING)) {
                append(text);
            }
        } while (depth > 0 && body.next());
        return text.toString();
    }

    private void append(StringBuilder text) {
        text.append(text.isEmpty() ? "" : "\n").append(body.string());
    }

    private String at(int index) {
        return "%s[%d]".formatted(field, index);
    }
}
