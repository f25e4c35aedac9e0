package pointsman.embed;

import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ContentType;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import pointsman.dialect.TextToScore;

/// What a request of LangChain4j's asks: the text that the router reads, which is chosen by the gateway's
/// rule, and what not every model can.
///
/// @param text what the user asked last; empty if there is none
/// @param content the kinds of content besides text, in the words of reasons: `image`, `audio`, `video`,
///     `pdf`
/// @param hasSchema whether the answer must follow a JSON schema
record Demand(String text, List<String> content, boolean hasSchema) {
    static Demand of(ChatRequest request) {
        var asked = new TextToScore();
        users(request).forEach(message -> asked.turn("user", text(message.contents())));
        return new Demand(asked.toString(), content(request), hasSchema(request));
    }

    private static Stream<UserMessage> users(ChatRequest request) {
        return request.messages().stream().filter(UserMessage.class::isInstance).map(UserMessage.class::cast);
    }

    /// As the gateway puts the parts of a message together.
    private static String text(List<Content> contents) {
        var text = new StringBuilder();
        for (var content : contents) {
            if (content instanceof TextContent part) {
                text.append(text.isEmpty() ? "" : "\n").append(part.text());
            }
        }
        return text.toString();
    }

    private static List<String> content(ChatRequest request) {
        return users(request)
                .flatMap(message -> message.contents().stream())
                .map(Content::type)
                .filter(type -> type != ContentType.TEXT)
                .map(type -> type.name().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static boolean hasSchema(ChatRequest request) {
        return Optional.ofNullable(request.responseFormat())
                .map(format -> format.jsonSchema())
                .isPresent();
    }
}
