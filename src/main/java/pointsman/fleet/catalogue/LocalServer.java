package pointsman.fleet.catalogue;

import java.util.List;

/// A server of models that answers on this machine.
///
/// @param models that it would serve, as far as it tells without a key
record LocalServer(LocalProgram program, int port, List<String> models) {
    private static final int MOST_NAMES = 5;

    LocalServer {
        models = List.copyOf(models);
    }

    /// One line for people: what was found, and what they would configure to use it.
    String line() {
        var found = "Found %s on 127.0.0.1:%d".formatted(program.title(), port);
        if (models.isEmpty()) {
            return found + ", which lists no model without a key, or has none (not used).";
        }
        return "%s with %s (not used). To use %s: SMALL_BASE_URL=http://127.0.0.1:%d/v1 SMALL_MODEL=%s%s"
                .formatted(
                        found, names(), models.size() == 1 ? "it" : "one", port, models.getFirst(), program.settings());
    }

    private String names() {
        var further = models.size() - MOST_NAMES;
        var first = String.join(", ", models.subList(0, Math.min(models.size(), MOST_NAMES)));
        return further > 0 ? "%s and %d more".formatted(first, further) : first;
    }
}
