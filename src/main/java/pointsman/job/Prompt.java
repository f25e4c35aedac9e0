package pointsman.job;

import java.util.List;
import pointsman.dialect.PromptText;
import pointsman.dialect.PromptText.Place;
import pointsman.tablejob.RowPrompt;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The body of a request: as a client wrote it, or made when it is wanted. A table's prompts repeat its instruction
/// in every row and its cells in every order that is weighed, so none of them is kept: what is kept of a prompt is
/// which row it is and in which order its fields stand.
public sealed interface Prompt {
    /// The JSON.
    String body();

    /// A body that is there.
    record Written(String body) implements Prompt {}

    /// One row of a table.
    ///
    /// @param columns in the order of sending
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(RowPrompt table, int row, int[] columns) implements Prompt {
        @Override
        public String body() {
            return table.render(row, columns);
        }
    }

    /// Several rows of a table.
    ///
    /// @param columns in the order of sending
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rows(RowPrompt table, List<Integer> rows, int[] columns) implements Prompt {
        public Rows {
            rows = List.copyOf(rows);
        }

        @Override
        public String body() {
            return table.render(rows, columns);
        }
    }

    /// With a field of our own first. A client's own words for the same are replaced.
    ///
    /// @param value as JSON
    record With(Prompt prompt, String field, String value) implements Prompt {
        private static final JsonMapper JSON = JsonMapper.shared();

        @Override
        public String body() {
            return "{\"%s\":%s,%s".formatted(field, value, without().substring(1));
        }

        private String without() {
            var body = prompt.body();
            if (!body.contains("\"" + field + "\"")) {
                return body;
            }
            var request = (ObjectNode) JSON.readTree(body);
            request.remove(field);
            return JSON.writeValueAsString(request);
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
