package pointsman.job;

import java.util.List;
import pointsman.dialect.chat.PromptText;
import pointsman.dialect.chat.PromptText.Place;
import pointsman.dialect.wire.JsonPieces;
import tools.jackson.databind.node.ObjectNode;

/// The body of a request: as a client wrote it, or made when it is wanted. A table's prompts repeat its
/// instruction in every row and its cells in every order that is weighed, so none of them is kept: what
/// is kept of a prompt is which row it is and in which order its fields stand.
public interface Prompt {
    /// The JSON.
    String body();

    /// A body that is there.
    record Written(String body) implements Prompt {}

    /// With a field of our own first. A client's own words for the same are replaced.
    ///
    /// @param value as JSON
    record With(Prompt prompt, String field, String value) implements Prompt {
        @Override
        public String body() {
            return JsonPieces.withFirst(prompt.body(), field, value);
        }
    }

    /// With marks for Anthropic's cache.
    ///
    /// @param control what a mark says
    record Marked(Prompt prompt, List<Place> places, ObjectNode control) implements Prompt {
        public Marked {
            places = List.copyOf(places);
        }

        @Override
        public String body() {
            return PromptText.marked(prompt.body(), places, control);
        }
    }
}
