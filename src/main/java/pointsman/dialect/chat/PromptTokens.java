package pointsman.dialect.chat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.tokens.O200k;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tokens that a model sees of a chat request, in OpenAI's `o200k_base`, for forecasts. Around every
/// message stand four more (its start, its role, its end), and three that begin the answer, as OpenAI's
/// cookbook counts them.
///
/// Not safe for use by several threads: it remembers the message before, because rows share their instruction.
public final class PromptTokens {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int[] BEFORE = {-1, -2, -3, -4};
    private static final int[] ANSWER = {-5, -6, -7};

    private final O200k vocabulary = new O200k();
    private String lastText = "";
    private int[] lastTokens = {};

    /// The tokens of a request's messages, in order; of another request those of what the model is to read.
    public int[] of(String body) {
        var request = JSON.readTree(body);
        return request.has("messages") ? ofMessages(request) : encoded(plain(request));
    }

    private static String plain(JsonNode request) {
        return Stream.of("instructions", "prompt", "input")
                .map(request::path)
                .filter(part -> !part.isMissingNode())
                .map(part -> part.isString() ? part.asString() : part.toString())
                .collect(Collectors.joining("\n"));
    }

    private int[] ofMessages(JsonNode request) {
        var parts = new ArrayList<int[]>();
        for (var message : request.path("messages")) {
            parts.add(BEFORE);
            parts.add(
                    message.path("role").asString("").equals("user")
                            ? encoded(text(message))
                            : remembered(text(message)));
        }
        parts.add(ANSWER);
        return joined(parts);
    }

    /// The number of tokens from a prompt's first to the end of what is given of it.
    public int before(PromptText beginning) {
        int count = 0;
        for (int message = 0; message < beginning.messages().size(); message++) {
            var text = beginning.messages().get(message).text();
            var isLast = message == beginning.messages().size() - 1;
            count += BEFORE.length + (isLast && message > 0 ? count(text) : remembered(text).length);
        }
        return count;
    }

    /// The tokens of one text.
    int count(String text) {
        return vocabulary.count(text);
    }

    private static String text(JsonNode message) {
        var content = message.path("content");
        return content.isString() ? content.asString() : content.toString();
    }

    private int[] remembered(String text) {
        if (!text.equals(lastText)) {
            lastTokens = encoded(text);
            lastText = text;
        }
        return lastTokens;
    }

    private int[] encoded(String text) {
        return vocabulary.encode(text);
    }

    private static int[] joined(List<int[]> parts) {
        return parts.stream().flatMapToInt(Arrays::stream).toArray();
    }
}
