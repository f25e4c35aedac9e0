package pointsman.tablejob;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import pointsman.dialect.chat.ModelReply;
import pointsman.failure.Failure;
import pointsman.job.Endpoint;
import pointsman.job.ItemAnswer;
import pointsman.job.JobFailures;
import pointsman.job.Question;
import pointsman.job.ReplyReader;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/// A table keeps what the model wrote, as far as it is an answer, and the one that was asked for.
record RowReplies(Output output) implements ReplyReader {
    /// The status of an answer that is not of the form that was asked for.
    static final int INVALID = 422;

    private static final JsonMapper JSON = Output.JSON;
    private static final String UNREADABLE = "its JSON is too deep or has too long a value";

    @Override
    public Endpoint endpoint() {
        return Endpoint.CHAT;
    }

    @Override
    public List<ItemAnswer> read(Question question, byte[] body) {
        return ModelReply.read(body)
                .map(reply -> answers(question, reply))
                .orElseGet(() -> ItemAnswer.failed(
                        question, new Failure.UpstreamInvalidAnswer(question.upstream(), UNREADABLE)));
    }

    private List<ItemAnswer> answers(Question question, ModelReply reply) {
        return reply.fault()
                .map(fault -> ItemAnswer.ofAll(question, INVALID, invalid(fault, reply, question)))
                .orElseGet(() -> values(question, reply));
    }

    private List<ItemAnswer> values(Question question, ModelReply reply) {
        var groups = question.groups();
        var written = question.isPacked() ? packed(reply.text(), groups.size()) : List.of(single(reply.text()));
        var answers = new ArrayList<ItemAnswer>();
        for (int group = 0; group < groups.size(); group++) {
            var value = group < written.size() ? output.read(written.get(group)) : Optional.<JsonNode>empty();
            int status = value.isPresent() ? ItemAnswer.OK : INVALID;
            var json = value.map(JsonNode::toString).orElseGet(() -> invalid(reply.misfit(), reply, question));
            groups.get(group).forEach(item -> answers.add(new ItemAnswer(item, status, json)));
        }
        return answers;
    }

    /// A choice is asked for as `{"answer": ...}`; models that know no response format write the bare word.
    private JsonNode single(String text) {
        var bare = JsonNodeFactory.instance.stringNode(text);
        return output instanceof Output.Choice
                ? parsed(text, json -> json.path("answer")).orElse(bare)
                : bare;
    }

    private static List<JsonNode> packed(String text, int size) {
        return parsed(text, json -> json.path("answers"))
                .filter(answers -> answers.isArray() && answers.size() == size)
                .map(answers -> answers.valueStream().toList())
                .orElse(List.of());
    }

    private static Optional<JsonNode> parsed(String text, Function<JsonNode, JsonNode> part) {
        try {
            return Optional.of(part.apply(JSON.readTree(text))).filter(node -> !node.isMissingNode());
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// What a row's model wrote was paid for, and is kept beside the error. What it wrote for several
    /// rows is none of theirs.
    private static String invalid(String words, ModelReply reply, Question question) {
        return question.isPacked() || reply.text().isBlank()
                ? JobFailures.json("invalid_output", words)
                : JobFailures.json("invalid_output", words, reply.text());
    }
}
