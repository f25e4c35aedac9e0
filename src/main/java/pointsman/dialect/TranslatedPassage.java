package pointsman.dialect;

import java.util.List;
import java.util.Map;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.Answer.Tokens;
import pointsman.dialect.answer.AnswerReader;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.answer.AnswerWriter;
import pointsman.dialect.answer.WholeAnswer;
import pointsman.dialect.chat.ChatAnswerReader;
import pointsman.dialect.chat.ChatAnswerWriter;
import pointsman.dialect.chat.ChatConversationReader;
import pointsman.dialect.chat.ChatConversationWriter;
import pointsman.dialect.conversation.Conversation;
import pointsman.dialect.conversation.Dropped;
import pointsman.dialect.conversation.Fields;
import pointsman.dialect.conversation.ToolNames;
import pointsman.dialect.messages.MessagesAnswerReader;
import pointsman.dialect.messages.MessagesAnswerWriter;
import pointsman.dialect.messages.MessagesConversationReader;
import pointsman.dialect.messages.MessagesConversationWriter;
import pointsman.dialect.responses.Compaction;
import pointsman.dialect.responses.CompactionWriter;
import pointsman.dialect.responses.ResponsesAnswerReader;
import pointsman.dialect.responses.ResponsesAnswerWriter;
import pointsman.dialect.responses.ResponsesConversationReader;
import pointsman.dialect.responses.ResponsesConversationWriter;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The way between a client and an upstream of another dialect.
///
/// @param asked the client's request
/// @param request the same as a tree
/// @param body the request in the upstream's dialect
/// @param names what the client calls its tools
/// @param dropped the names of what was left out of the request
record TranslatedPassage(
        String upstream,
        UpstreamDialect spoken,
        ModelRequest asked,
        ObjectNode request,
        byte[] body,
        ToolNames names,
        List<String> dropped)
        implements Passage {

    /// Translates a request.
    static TranslatedPassage open(
            ModelRequest asked,
            String upstream,
            UpstreamDialect spoken,
            String upstreamModel,
            Map<String, Object> defaults) {
        var request = Json.object(asked.body())
                .orElseThrow(() -> new IllegalStateException("a request that was read is a JSON object"));
        if (asked.operation() == Operation.COMPACTION) {
            Compaction.demand(request);
        }
        var dropped = new Dropped(upstream, demands(asked.dialect()));
        var conversation = conversation(asked.dialect(), Fields.of(dropped, request));
        var body = switch (spoken) {
            case ANTHROPIC_MESSAGES ->
                MessagesConversationWriter.write(dropped, upstreamModel, asked.stream(), defaults, conversation);
            case OPENAI_RESPONSES ->
                ResponsesConversationWriter.write(dropped, upstreamModel, asked.stream(), conversation);
            case OPENAI_CHAT, LLAMA_CPP ->
                ChatConversationWriter.write(
                        dropped, spoken == UpstreamDialect.LLAMA_CPP, upstreamModel, asked.stream(), conversation);
        };
        defaults.forEach((field, value) -> {
            if (!body.has(field)) {
                body.set(field, Json.MAPPER.<JsonNode>valueToTree(value));
            }
        });
        var bytes = Json.MAPPER.writeValueAsBytes(body);
        return new TranslatedPassage(
                upstream, spoken, asked, request, bytes, conversation.tools().names(), dropped.names());
    }

    private static Map<String, String> demands(Dialect dialect) {
        return switch (dialect) {
            case OPENAI_CHAT -> ChatConversationReader.DEMANDS;
            case OPENAI_RESPONSES -> ResponsesConversationReader.DEMANDS;
            case ANTHROPIC_MESSAGES -> MessagesConversationReader.DEMANDS;
        };
    }

    private static Conversation conversation(Dialect dialect, Fields request) {
        return switch (dialect) {
            case OPENAI_CHAT -> ChatConversationReader.read(request);
            case OPENAI_RESPONSES -> ResponsesConversationReader.read(request);
            case ANTHROPIC_MESSAGES -> MessagesConversationReader.read(request);
        };
    }

    @Override
    public WholeAnswer answer(byte[] answer) {
        var body = Json.object(answer)
                .orElseThrow(() -> new Failure.UpstreamInvalidAnswer(upstream, Json.fault(answer)).asException());
        var reader = reader();
        var read = new Answer();
        var calls = new ClientCalls(names);
        reader.whole(body, step -> calls.take(step, read::take));
        var tokens = new Tokens(reader.usage(), estimate(read));
        var bytes = Json.MAPPER.writeValueAsBytes(writer().whole(read, tokens));
        return new WholeAnswer(bytes, read.characters(), reader.usage());
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        return new TranslatedStream(this, maxEventBytes);
    }

    AnswerReader reader() {
        return reader(spoken, upstream);
    }

    /// Reads what an upstream of this dialect answers.
    static AnswerReader reader(UpstreamDialect spoken, String upstream) {
        return switch (spoken) {
            case OPENAI_CHAT, LLAMA_CPP -> new ChatAnswerReader(upstream);
            case OPENAI_RESPONSES -> new ResponsesAnswerReader(upstream);
            case ANTHROPIC_MESSAGES -> new MessagesAnswerReader(upstream);
        };
    }

    AnswerWriter writer() {
        var seconds = asked.readAt().getEpochSecond();
        return switch (asked.dialect()) {
            case OPENAI_CHAT -> new ChatAnswerWriter(seconds, asked.usageAsked());
            case OPENAI_RESPONSES ->
                Compaction.isDemanded(request)
                        ? new CompactionWriter(upstream, request, asked.operation() == Operation.COMPACTION, seconds)
                        : new ResponsesAnswerWriter(request, seconds);
            case ANTHROPIC_MESSAGES -> new MessagesAnswerWriter();
        };
    }

    /// What the answer has taken so far, by its length.
    TokenUsage estimate(Answer answer) {
        return TokenUsage.estimate(asked.size(), answer.characters());
    }
}
