package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The messages of a chat request, as far as their beginnings can be compared and marked.
///
/// @param messages in order; none if one of them is more than a plain text, because such a request is sent
///     as it is
public record PromptText(List<Message> messages) {
    private static final JsonMapper JSON = JsonMapper.shared();
    /// A piece of fewer characters is not worth a mark.
    private static final int SMALLEST_PIECE = 64;

    public PromptText {
        messages = List.copyOf(messages);
    }

    public record Message(String role, String text) {}

    /// A place in a prompt, between two words or two messages.
    ///
    /// @param message its number, from 0
    /// @param characters of that message before the place; 0: between it and the one before
    public record Place(int message, int characters) implements Comparable<Place> {
        public static final Place START = new Place(0, 0);
        private static final Comparator<Place> ORDER =
                Comparator.comparingInt(Place::message).thenComparingInt(Place::characters);

        @Override
        public int compareTo(Place other) {
            return ORDER.compare(this, other);
        }
    }

    public static PromptText of(String body) {
        var messages = new ArrayList<Message>();
        for (var message : JSON.readTree(body).path("messages")) {
            var content = message.path("content");
            if (!content.isString() || content.asString().isBlank()) {
                return new PromptText(List.of());
            }
            messages.add(new Message(message.path("role").asString(""), content.asString()));
        }
        return new PromptText(messages);
    }

    /// Where the beginning ends that two prompts share. Whoever shares that beginning too gets the same place.
    public Place shared(PromptText other) {
        int most = Math.min(messages.size(), other.messages.size());
        int same = 0;
        while (same < most && messages.get(same).equals(other.messages.get(same))) {
            same++;
        }
        if (same == most
                || !messages.get(same).role().equals(other.messages.get(same).role())) {
            return new Place(same, 0);
        }
        return new Place(
                same, words(messages.get(same).text(), other.messages.get(same).text()));
    }

    private static int words(String left, String right) {
        int most = Math.min(left.length(), right.length());
        int shared = 0;
        while (shared < most && left.charAt(shared) == right.charAt(shared)) {
            shared++;
        }
        int end = left.lastIndexOf(' ', shared - 1);
        return end >= SMALLEST_PIECE ? end : 0;
    }

    /// What stands before a place.
    public PromptText upTo(Place place) {
        var before = new ArrayList<>(messages.subList(0, place.message()));
        if (place.characters() > 0) {
            var cut = messages.get(place.message());
            before.add(new Message(cut.role(), cut.text().substring(0, place.characters())));
        }
        return new PromptText(before);
    }

    /// What a mark says: that all before it is kept for an hour, or for five minutes.
    public static ObjectNode mark(boolean isForAnHour) {
        var control = JSON.createObjectNode().put("type", "ephemeral");
        return isForAnHour ? control.put("ttl", "1h") : control;
    }

    /// A request with a mark where each of these places is.
    ///
    /// @param mark the value of `cache_control`
    public static String marked(String body, List<Place> places, ObjectNode mark) {
        var request = (ObjectNode) JSON.readTree(body);
        int number = 0;
        for (var message : request.path("messages")) {
            var text = message.path("content").asString("");
            var cuts = cuts(places, number, text.length());
            if (!cuts.isEmpty()) {
                ((ObjectNode) message).set("content", pieces(text, cuts, mark));
            }
            number++;
        }
        return JSON.writeValueAsString(request);
    }

    private static List<Integer> cuts(List<Place> places, int message, int length) {
        return places.stream()
                .map(place -> place.equals(new Place(message + 1, 0)) ? new Place(message, length) : place)
                .filter(place -> place.message() == message && place.characters() > 0)
                .map(Place::characters)
                .sorted()
                .toList();
    }

    private static JsonNode pieces(String text, List<Integer> cuts, ObjectNode mark) {
        var pieces = JSON.createArrayNode();
        int from = 0;
        for (int cut : cuts) {
            pieces.addObject()
                    .put("type", "text")
                    .put("text", text.substring(from, cut))
                    .set("cache_control", mark);
            from = cut;
        }
        if (from < text.length()) {
            pieces.addObject().put("type", "text").put("text", text.substring(from));
        }
        return pieces;
    }
}
