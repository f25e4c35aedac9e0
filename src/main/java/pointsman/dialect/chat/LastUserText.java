package pointsman.dialect.chat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.JsonPieces;
import pointsman.dialect.wire.JsonPieces.Piece;

/// The text that ends the messages of a chat completion request, where that is a user's, and where it stands.
///
/// @param body the request
/// @param from where the text's JSON string begins in the body
/// @param to where it ends
public record LastUserText(String body, int from, int to) {
    /// The last text of a request.
    ///
    /// @param body a JSON object
    /// @return empty if the last message is somebody else's, or more than a text
    public static Optional<LastUserText> of(String body) {
        return messages(body)
                .map(messages -> JsonPieces.of(body, messages.valueFrom()))
                .filter(all -> !all.isEmpty() && body.charAt(all.getLast().valueFrom()) == '{')
                .flatMap(all -> ofMessage(body, all.getLast().valueFrom()));
    }

    private static Optional<LastUserText> ofMessage(String body, int message) {
        var isUsers = JsonPieces.member(body, message, "role")
                .filter(role -> role.value(body).equals("\"user\""))
                .isPresent();
        return JsonPieces.member(body, message, "content")
                .filter(content -> isUsers && body.charAt(content.valueFrom()) == '"')
                .map(content -> new LastUserText(body, content.valueFrom(), content.to()));
    }

    /// What it says.
    public String text() {
        return Json.MAPPER.readValue(body.substring(from, to), String.class);
    }

    /// What a model reads beside this text: the model's name, the tools, the form of the answer, and all other
    /// messages, as they are written.
    public String frame() {
        var messages = messages(body).orElseThrow();
        return Stream.concat(
                        Stream.of("model", "tools", "response_format")
                                .map(field -> JsonPieces.member(body, 0, field)
                                        .map(piece -> piece.value(body))
                                        .orElse("")),
                        Stream.of(body.substring(messages.valueFrom(), from), body.substring(to, messages.to())))
                .collect(Collectors.joining("\n"));
    }

    /// The request with another text here. All else keeps its bytes.
    public String replaced(String other) {
        return body.substring(0, from) + Json.MAPPER.writeValueAsString(other) + body.substring(to);
    }

    private static Optional<Piece> messages(String body) {
        return JsonPieces.member(body, 0, "messages").filter(piece -> body.charAt(piece.valueFrom()) == '[');
    }
}
