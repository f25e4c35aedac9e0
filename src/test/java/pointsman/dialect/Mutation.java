package pointsman.dialect;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Changes JSON at random places into JSON that nobody expects there.
final class Mutation {
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "1e400",
            "99999999999999999999",
            "0.5",
            "\"\"",
            "\"x\"",
            "[]",
            "[null]",
            "[7]",
            "{}",
            "[[{}]]",
            "{\"type\":\"text\"}",
            "{\"type\":7}",
            "[{\"type\":\"tool_use\"}]",
            "\"data:x\"");

    private Mutation() {}

    /// A copy with so many changes.
    static ObjectNode of(ObjectNode object, Random random, int changes) {
        var copy = object.deepCopy();
        for (var i = 0; i < changes; i++) {
            change(copy, random);
        }
        return copy;
    }

    private static void change(ObjectNode root, Random random) {
        var containers = new ArrayList<JsonNode>();
        collect(root, containers);
        if (containers.isEmpty()) {
            return;
        }
        var container = containers.get(random.nextInt(containers.size()));
        var value = Json.MAPPER.readTree(VALUES.get(random.nextInt(VALUES.size())));
        switch (container) {
            case ObjectNode object -> {
                var names = List.copyOf(object.propertyNames());
                var name = names.get(random.nextInt(names.size()));
                if (random.nextInt(4) == 0) {
                    object.remove(name);
                } else {
                    object.set(name, value);
                }
            }
            case ArrayNode array -> array.set(random.nextInt(array.size()), value);
            default -> throw new IllegalStateException("no container");
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer() && !node.isEmpty()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
