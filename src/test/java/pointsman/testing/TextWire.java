package pointsman.testing;

import java.util.List;
import java.util.stream.Stream;

/// OpenAI's legacy completions: text without roles or tools.
final class TextWire implements Wire {
    @Override
    public String buffered(String model, Said said) {
        return "{ \"id\":\"cmpl-fake\",\"object\":\"text_completion\",\t\"created\":1700000000,\"model\":"
                + Completions.quoted(model) + ",\"choices\":[{\"index\":0,\"text\":"
                + Completions.quoted(text(said)) + ",\"logprobs\":null,\"finish_reason\":\"stop\"}],\n\"usage\":"
                + Completions.USAGE + ",\"x_vendor\":[1.0E+2] }\n";
    }

    @Override
    public List<String> begun(String model, Said said) {
        return Completions.pieces(text(said)).stream()
                .map(piece -> event(model, piece, "null"))
                .toList();
    }

    @Override
    public List<String> finish(String model, Said said, boolean usage) {
        var usageEvent = Completions.usageEvent(model).replace("chat.completion.chunk", "text_completion");
        return Stream.concat(Stream.of(event(model, "", "\"stop\"")), usage ? Stream.of(usageEvent) : Stream.of())
                .toList();
    }

    @Override
    public String done() {
        return Completions.DONE;
    }

    @Override
    public String piece(String model, int size) {
        return event(model, "x".repeat(size), "null");
    }

    @Override
    public String error(String message) {
        return Completions.error(message);
    }

    @Override
    public String errorEvent(String message) {
        return "data: " + Completions.error(message) + "\n\n";
    }

    private static String text(Said said) {
        return said instanceof Said.Text(var text) ? text : "";
    }

    private static String event(String model, String text, String finishReason) {
        return "data: {\"id\":\"cmpl-fake\", \"object\":\"text_completion\",\"created\":1700000000,\"model\":"
                + Completions.quoted(model) + ",\"choices\":[{\"index\":0,\"text\":" + Completions.quoted(text)
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]}\n\n";
    }
}
