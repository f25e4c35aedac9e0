package pointsman.dialect;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.RequestFacts.Model;
import pointsman.dialect.RequestFacts.Streaming;
import pointsman.dialect.wire.Span;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// One pass over a request, in whichever dialect, that remembers what routing needs and skips the rest
/// unread.
final class RequestReader {
    private final Dialect dialect;
    private final Operation operation;
    private final String conversationField;
    private final BodyParser body;
    private final PromptReader prompt;
    private final ToolsReader tools;
    private final DemandReader demands;
    private final Set<String> fields = new HashSet<>();
    private @Nullable Model model;
    private boolean stream;
    private Streaming options = Streaming.NONE;
    private @Nullable Span cacheKey;
    private @Nullable String kept;

    RequestReader(Dialect dialect, Operation operation, JsonParser parser, ReadLimits limits) {
        this.dialect = dialect;
        this.operation = operation;
        this.conversationField = operation.conversation(dialect);
        this.body = new BodyParser(parser);
        this.prompt = new PromptReader(body, dialect, conversationField, limits.messages());
        this.tools = new ToolsReader(body, limits.tools());
        this.demands = new DemandReader(body);
    }

    RequestFacts read() {
        if (!body.next() || !body.is(JsonToken.START_OBJECT)) {
            throw BodyParser.invalid("", "The body must be a JSON object.");
        }
        while (body.nextField()) {
            var field = body.value();
            if (!fields.add(field)) {
                throw BodyParser.invalid(field, "The field '%s' stands twice in the body.".formatted(field));
            }
            readField(field);
        }
        if (body.next()) {
            throw BodyParser.invalid("", "Something follows the JSON object in the body.");
        }
        return complete();
    }

    private void readField(String field) {
        switch (field) {
            case "model" -> readModel();
            case "stream" -> stream = body.requireBoolean(field);
            case "stream_options" -> readStreamOptions();
            case "tools" -> tools.tools();
            case "tool_choice" -> tools.choice();
            case "system", "instructions" -> prompt.system();
            case "prompt_cache_key" -> cacheKey = skipped();
            case "previous_response_id", "conversation", "prompt", "background" -> readKept(field);
            default -> {
                if (field.equals(conversationField)) {
                    readConversation();
                } else if (!demands.read(field)) {
                    body.skip();
                }
            }
        }
    }

    /// What stands for something that OpenAI keeps. Other dialects have no such fields, but for the prompt of
    /// a legacy completion.
    private void readKept(String field) {
        if (field.equals(conversationField)) {
            readConversation();
            return;
        }
        var asks = !body.is(JsonToken.VALUE_NULL) && !body.is(JsonToken.VALUE_FALSE);
        kept = dialect == Dialect.OPENAI_RESPONSES && asks ? field : kept;
        body.skip();
    }

    private RequestFacts complete() {
        if (model == null) {
            throw missing("model");
        }
        if (!fields.contains(conversationField) && kept == null) {
            throw missing(conversationField);
        }
        var streaming = new Streaming(stream, options.options(), options.isUsageAsked(), options.usage());
        return new RequestFacts(
                model, streaming, prompt.facts(), Set.copyOf(fields), cacheKey, tools.namedChoice(), demands(), kept());
    }

    private Optional<String> kept() {
        return Optional.ofNullable(kept == null && prompt.refers() ? conversationField : kept);
    }

    private Set<Capability> demands() {
        var all = EnumSet.copyOf(prompt.attachments());
        if (operation == Operation.CHAT) {
            all.addAll(demands.found());
            if (tools.areOffered()) {
                all.add(Capability.TOOLS);
            }
        }
        return all;
    }

    private static RuntimeException missing(String field) {
        return BodyParser.invalid(field, "The field '%s' is missing.".formatted(field));
    }

    private void readModel() {
        if (!body.is(JsonToken.VALUE_STRING) || body.string().isBlank()) {
            throw BodyParser.invalid("model", "The field 'model' must be a non-empty string.");
        }
        model = new Model(body.string(), body.from(body.start()));
    }

    private void readStreamOptions() {
        var start = body.start();
        if (body.is(JsonToken.VALUE_NULL)) {
            options = new Streaming(false, body.from(start), false, null);
            return;
        }
        if (!body.is(JsonToken.START_OBJECT)) {
            throw BodyParser.invalid("stream_options", "The field 'stream_options' must be an object.");
        }
        var isUsageAsked = false;
        Span usage = null;
        while (body.nextField()) {
            if (body.value().equals("include_usage")) {
                isUsageAsked = body.requireBoolean("stream_options.include_usage");
                usage = body.from(body.start());
            } else {
                body.skip();
            }
        }
        options = new Streaming(false, body.from(start), isUsageAsked, usage);
    }

    private void readConversation() {
        switch (operation) {
            case CHAT, TOKEN_COUNT, COMPACTION -> prompt.messages();
            case COMPLETION, EMBEDDINGS -> prompt.texts();
        }
    }

    /// Where this value stands, which is read to its end.
    private Span skipped() {
        var start = body.start();
        body.skip();
        return body.from(start);
    }
}
