package pointsman.testing;

import static pointsman.testing.Completions.quoted;

import java.util.ArrayList;
import java.util.List;

/// The words in OpenAI's chat completions.
final class ChatWords implements WordWire {
    @Override
    public List<String> opening(Speaker speaker) {
        return List.of(event(speaker, "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
    }

    @Override
    public String word(Speaker speaker, String text) {
        return event(speaker, "{\"content\":" + quoted(text) + "}", "null");
    }

    @Override
    public String cutWord(Speaker speaker) {
        return "data: {\"id\":" + quoted(speaker.id()) + ",\"object\":\"chat.completion.chunk\",\"choi\n\n";
    }

    @Override
    public List<String> closing(Speaker speaker, int outputTokens) {
        var events = new ArrayList<String>();
        events.add(event(speaker, "{}", "\"stop\""));
        if (speaker.wantsUsage()) {
            events.add("data: {" + head(speaker, "chat.completion.chunk") + ",\"choices\":[],\"usage\":"
                    + usage(speaker, outputTokens) + "}\n\n");
        }
        return events;
    }

    @Override
    public String done() {
        return Completions.DONE;
    }

    @Override
    public String keepAlive() {
        return ": PROCESSING\n\n";
    }

    @Override
    public String buffered(Speaker speaker, String text, int outputTokens) {
        return "{" + head(speaker, "chat.completion")
                + ",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + quoted(text)
                + ",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
                + usage(speaker, outputTokens) + "}";
    }

    @Override
    public String bufferedNothing(Speaker speaker) {
        return "{" + head(speaker, "chat.completion") + ",\"choices\":[],\"usage\":" + usage(speaker, 0) + "}";
    }

    @Override
    public String error(Complaint complaint) {
        var code = complaint.code().isEmpty() ? "null" : quoted(complaint.code());
        return "{\"error\":{\"message\":" + quoted(complaint.message()) + ",\"type\":" + quoted(complaint.type())
                + ",\"param\":null,\"code\":" + code + "}}";
    }

    @Override
    public String errorEvent(Complaint complaint) {
        return "data: " + error(complaint) + "\n\n";
    }

    private static String event(Speaker speaker, String delta, String finishReason) {
        return "data: {" + head(speaker, "chat.completion.chunk") + ",\"choices\":[{\"index\":0,\"delta\":" + delta
                + ",\"logprobs\":null,\"finish_reason\":" + finishReason + "}]"
                + (speaker.wantsUsage() ? ",\"usage\":null" : "") + "}\n\n";
    }

    private static String head(Speaker speaker, String object) {
        return "\"id\":" + quoted(speaker.id()) + ",\"object\":" + quoted(object) + ",\"created\":1700000000,\"model\":"
                + quoted(speaker.model());
    }

    private static String usage(Speaker speaker, int outputTokens) {
        return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d}"
                .formatted(speaker.inputTokens(), outputTokens, speaker.inputTokens() + outputTokens);
    }
}
