package pointsman.learn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads outcomes: a JSON object a line, `.gz` or not, of one of two kinds.
///
/// * `{"text", "small": 0.5, "large": 1}`: a ladder's own, by the names of its models, with `source`, `cat`
/// and `fold` if one likes
/// * `{"text", "source", "cat", "fold", "scores": {"model": 1, ...}}`: those that the router is trained on
public final class OutcomeFiles {
    private static final int MOST_OUTCOMES = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    /// Its judge's licence does not cover what is shipped, so nothing is measured on it either.
    private static final Set<String> LEFT_OUT_SOURCES = Set.of("alpacaeval");

    /// Their answers were misread by the graders of their data sets; `router-model/train/data.py` drops
    /// them too.
    private static final Set<String> FORMAT_FAILURES =
            Set.of("NullModel", "llama3-chatqa-1.5-8b", "llama3-chatqa-1.5-70b", "qwen2.5-7b-instruct");

    private OutcomeFiles() {}

    /// Reads files; a directory stands for all its `.jsonl` and `.jsonl.gz` files.
    ///
    /// @throws IOException if a file cannot be read, or a line is no outcome; the message names file and line
    public static List<Outcome> read(List<Path> paths) throws IOException {
        return read(paths, Rungs.PAIR.names());
    }

    /// Reads files of a ladder's own models.
    ///
    /// @param models by their names
    /// @throws IOException as above
    public static List<Outcome> read(List<Path> paths, List<String> models) throws IOException {
        var outcomes = new ArrayList<Outcome>();
        for (var path : paths) {
            for (var file : files(path)) {
                read(file, models, outcomes);
            }
        }
        if (outcomes.isEmpty()) {
            throw new IOException("there is no outcome in " + paths);
        }
        return outcomes;
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (var inside = Files.list(path)) {
            return inside.filter(file -> file.toString().matches(".*\\.jsonl(\\.gz)?"))
                    .sorted()
                    .toList();
        }
    }

    private static void read(Path file, List<String> models, List<Outcome> outcomes) throws IOException {
        try (var bytes = Files.newInputStream(file);
                var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                var lines = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            var number = 0;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                var outcome = outcome(file, number, line, models);
                if (!LEFT_OUT_SOURCES.contains(outcome.source())) {
                    outcomes.add(outcome);
                }
                if (outcomes.size() > MOST_OUTCOMES) {
                    throw new IOException("%s: more than %d outcomes".formatted(file, MOST_OUTCOMES));
                }
            }
        }
    }

    private static Outcome outcome(Path file, int number, String line, List<String> models) throws IOException {
        try {
            var node = JSON.readTree(line);
            var text = node.path("text").asString("");
            if (text.isBlank()) {
                throw new IllegalArgumentException("\"text\" is missing or blank");
            }
            return new Outcome(
                    text,
                    node.path("source").asString("outcomes"),
                    node.path("cat").asString(""),
                    node.path("fold").asInt(-1),
                    qualities(node, models));
        } catch (JacksonException | IllegalArgumentException wrong) {
            throw new IOException("%s, line %d: %s".formatted(file, number, problem(wrong)), wrong);
        }
    }

    private static String problem(RuntimeException wrong) {
        return wrong instanceof JacksonException json
                ? "not valid JSON: " + json.getOriginalMessage()
                : String.valueOf(wrong.getMessage());
    }

    private static Map<String, Double> qualities(JsonNode node, List<String> models) {
        var qualities = new HashMap<String, Double>();
        if (node.has("scores")) {
            node.get("scores").properties().forEach(entry -> qualities.put(entry.getKey(), quality(entry)));
            qualities.keySet().removeAll(FORMAT_FAILURES);
        } else {
            models.forEach(model -> qualities.put(model, quality(Map.entry(model, node.path(model)))));
        }
        return qualities;
    }

    private static double quality(Map.Entry<String, JsonNode> entry) {
        var value = entry.getValue();
        if (!value.isNumber() || !(value.asDouble() >= 0 && value.asDouble() <= 1)) {
            throw new IllegalArgumentException(
                    "\"%s\" must be a quality from 0 to 1, was %s".formatted(entry.getKey(), value));
        }
        return value.asDouble();
    }
}
