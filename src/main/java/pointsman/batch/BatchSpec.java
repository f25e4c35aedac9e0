package pointsman.batch;

import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// A batch as it was asked for.
///
/// @param inputFile the id of the file of requests
/// @param endpoint that every request is for
/// @param window in which the client wants it done
/// @param metadata the client's own words
/// @param policy of its tenant, a [PolicyText]
/// @param models that the tenant may call; empty: every one
record BatchSpec(
        String inputFile,
        String endpoint,
        String window,
        Map<String, String> metadata,
        String policy,
        Set<String> models) {
    private static final JsonMapper JSON = JsonMapper.shared();

    BatchSpec {
        metadata = Map.copyOf(metadata);
        models = Set.copyOf(models);
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    static BatchSpec of(String text) {
        return JSON.readValue(text, BatchSpec.class);
    }
}
