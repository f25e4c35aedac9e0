package pointsman.batch;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.dialect.wire.JsonPieces;
import pointsman.job.Prompt;
import pointsman.job.Question;
import tools.jackson.databind.json.JsonMapper;

/// A chat request whose last message is a user's and holds fields.
///
/// @param question the request
/// @param from where the text of that message begins in the body
/// @param to where it ends
/// @param fields of that message
/// @param shape what it has in common with others of its kind
record ShapedRequest(Question question, int from, int to, FieldText fields, Shape shape) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> READ = List.of("model", "tools", "response_format");

    /// Requests of one shape differ, as far as a model reads them, in the values of their fields only.
    ///
    /// @param frame the model, the tools, the form of the answer and all messages around the fields
    /// @param template of the fields
    record Shape(String frame, FieldText.Template template) {}

    /// A request as one with fields, if it is one.
    static Optional<ShapedRequest> of(Question question) {
        var body = question.body();
        return JsonPieces.member(body, 0, "messages")
                .filter(messages -> body.charAt(messages.valueFrom()) == '[')
                .flatMap(messages -> ofLast(question, messages));
    }

    private static Optional<ShapedRequest> ofLast(Question question, JsonPieces.Piece messages) {
        var body = question.body();
        var all = JsonPieces.of(body, messages.valueFrom());
        if (all.isEmpty() || body.charAt(all.getLast().valueFrom()) != '{') {
            return Optional.empty();
        }
        int message = all.getLast().valueFrom();
        var isUsers = JsonPieces.member(body, message, "role")
                .filter(role -> role.value(body).equals("\"user\""))
                .isPresent();
        return JsonPieces.member(body, message, "content")
                .filter(content -> isUsers && body.charAt(content.valueFrom()) == '"')
                .flatMap(content -> FieldText.of(JSON.readValue(content.value(body), String.class))
                        .map(fields -> new ShapedRequest(
                                question,
                                content.valueFrom(),
                                content.to(),
                                fields,
                                new Shape(frame(body, messages, content), fields.template()))));
    }

    private static String frame(String body, JsonPieces.Piece messages, JsonPieces.Piece content) {
        return Stream.concat(
                        READ.stream()
                                .map(field -> JsonPieces.member(body, 0, field)
                                        .map(piece -> piece.value(body))
                                        .orElse("")),
                        Stream.of(
                                body.substring(messages.valueFrom(), content.valueFrom()),
                                body.substring(content.to(), messages.to())))
                .collect(Collectors.joining("\n"));
    }

    /// The same request with its fields in another order. One that is in that order keeps its bytes.
    ///
    /// @param names of all fields
    Question inOrder(List<String> names) {
        var written = fields.fields().stream().map(FieldText.Field::name).toList();
        return names.equals(written)
                ? question
                : question.with(new Prompt.Written(question.body().substring(0, from)
                        + JSON.writeValueAsString(fields.inOrder(names))
                        + question.body().substring(to)));
    }
}
