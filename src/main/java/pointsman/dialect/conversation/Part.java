package pointsman.dialect.conversation;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A piece of a turn, as all dialects know it.
public sealed interface Part {
    /// Words.
    ///
    /// @param cache Anthropic's `cache_control`, where the client set one
    record Text(String text, Optional<JsonNode> cache) implements Part {
        public static Text of(String text) {
            return new Text(text, Optional.empty());
        }
    }

    /// A picture.
    ///
    /// @param detail how closely OpenAI is to look at it
    record Image(Source source, Optional<String> detail, Optional<JsonNode> cache) implements Part {}

    /// A file, a PDF as a rule.
    ///
    /// @param title its name
    record Document(Source source, Optional<String> title, Optional<JsonNode> cache) implements Part {}

    /// What a model thought before it spoke.
    ///
    /// @param signature by which Anthropic knows its own thoughts again
    record Thinking(String text, Optional<String> signature) implements Part {}

    /// Thoughts that only Anthropic can read.
    record Redacted(String data) implements Part {}

    /// Words by which a model declined.
    record Refusal(String text) implements Part {}

    /// A model wants a tool called.
    ///
    /// @param arguments JSON as text, an object as a rule
    public record Call(String id, String name, String arguments, Optional<JsonNode> cache) implements Part {}

    /// What a tool gave back.
    ///
    /// @param content texts, images and documents
    /// @param failed whether the tool says that it failed
    record Result(String callId, List<Part> content, boolean failed, Optional<JsonNode> cache) implements Part {}

    /// Where the bytes of an image or a document are.
    sealed interface Source {
        record Url(String url) implements Source {}

        /// In the request itself.
        ///
        /// @param data in base64
        record Inline(String mediaType, String data) implements Source {}

        /// A document that is plain text.
        record Plain(String text) implements Source {}
    }
}
