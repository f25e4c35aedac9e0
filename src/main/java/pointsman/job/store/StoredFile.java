package pointsman.job.store;

import java.util.Optional;
import pointsman.job.Ids;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A file that a client uploaded, or that a batch left for it.
///
/// @param id `file-...`
/// @param purpose `batch`, or `batch_output` of what a batch left
/// @param name what the client calls it
/// @param createdAt seconds since 1970
public record StoredFile(String id, String tenant, String purpose, String name, long bytes, long createdAt) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public static String newId() {
        return "file-" + Ids.at(System.currentTimeMillis());
    }

    /// The object of OpenAI's API.
    public ObjectNode json() {
        return JSON.createObjectNode()
                .put("id", id)
                .put("object", "file")
                .put("bytes", bytes)
                .put("created_at", createdAt)
                .put("filename", name)
                .put("purpose", purpose)
                .put("status", "processed");
    }

    /// Whether it has a purpose that somebody asks for.
    public boolean isFor(Optional<String> asked) {
        return asked.isEmpty() || asked.get().equals(purpose);
    }
}
