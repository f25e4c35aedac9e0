package pointsman.dialect.habit;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Pictures, where not every kind is taken.
final class ImageFitting {
    private static final String DATA = "data:";
    private static final String JPG = "image/jpg";
    private static final String JPEG = "image/jpeg";

    private final Fitting fitting;
    private final List<String> taken;

    private ImageFitting(Fitting fitting) {
        this.fitting = fitting;
        this.taken = fitting.habits().list(Habit.IMAGES);
    }

    static void fit(Fitting fitting, JsonNode content) {
        if (fitting.habits().has(Habit.IMAGES)) {
            new ImageFitting(fitting).parts(content);
        }
    }

    private void parts(JsonNode content) {
        for (var part : content) {
            switch (part.path("type").asString("")) {
                case "image_url" -> picture(part.path("image_url"), "url");
                case "image" -> picture(part.path("source"), "media_type");
                case "tool_result" -> parts(part.path("content"));
                default -> {}
            }
        }
    }

    private void picture(JsonNode node, String field) {
        if (taken.contains("none")) {
            throw fitting.refused("image", "it reads text only");
        }
        var type = type(node.path(field).asString(""));
        if (type.isEmpty() || taken.contains(type) || !(node instanceof ObjectNode holder)) {
            return;
        }
        if (!type.equals(JPG) || !taken.contains(JPEG)) {
            throw fitting.refused("image", "it reads %s, not %s".formatted(String.join(", ", taken), type));
        }
        // The name that many programs have for it.
        holder.put(field, holder.path(field).stringValue().replaceFirst(JPG, JPEG));
        fitting.change();
    }

    /// The media type of a picture in the request; empty if it is one by its address.
    private static String type(String text) {
        if (text.startsWith("image/")) {
            return text;
        }
        return text.startsWith(DATA) ? text.substring(DATA.length()).replaceFirst("(?s)[;,].*", "") : "";
    }
}
