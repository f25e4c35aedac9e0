package pointsman.lab.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/// The bytes that go over the wire, made once: requests of a 2 kB prompt, an answer of 1.3 kB, and a stream of 68
/// events.
final class Exchanges {
    static final int EVENTS = 68;
    private static final int PROMPT_BYTES = 2048;
    private static final String SENTENCE =
            "A pointsman sets the switches so that every train gets to the right track. ";
    private static final String CHUNK =
            "{\"id\":\"chatcmpl-8f3a5c\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"m-1\",\"choices\":[%s]%s}";

    private Exchanges() {}

    /// @param model that the request names
    static byte[] request(String model, boolean streamed) {
        var body =
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"%s\"}],\"temperature\":0.2%s}"
                        .formatted(
                                model,
                                SENTENCE.repeat(PROMPT_BYTES / SENTENCE.length() + 1)
                                        .substring(0, PROMPT_BYTES),
                                streamed ? ",\"stream\":true,\"stream_options\":{\"include_usage\":true}" : "");
        return ("POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: */*\r\n"
                        + "user-agent: lab\r\nauthorization: Bearer sk-none\r\ncontent-length: " + body.length()
                        + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /// A whole response.
    static byte[] answer() {
        var body =
                "{\"id\":\"chatcmpl-8f3a5c\",\"object\":\"chat.completion\",\"created\":1790000000,\"model\":\"m-1\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":470,\"completion_tokens\":230,\"total_tokens\":700}}"
                        .formatted(SENTENCE.repeat(14).strip());
        return ("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n"
                        + body)
                .getBytes(UTF_8);
    }

    static byte[] streamHead() {
        return "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n"
                .getBytes(UTF_8);
    }

    /// The events, each as one chunk of HTTP; the last one brings the end of the body with it.
    static List<byte[]> events() {
        var events = new ArrayList<String>();
        events.add(chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"));
        for (int word = 0; word < EVENTS - 4; word++) {
            events.add(chunk("{\"content\":\" word" + word + "\"}", "null"));
        }
        events.add(chunk("{}", "\"stop\""));
        events.add(CHUNK.formatted(
                "", ",\"usage\":{\"prompt_tokens\":470,\"completion_tokens\":66,\"total_tokens\":536}"));
        events.add("[DONE]");
        var chunks = new ArrayList<byte[]>();
        for (var event : events) {
            var data = "data: " + event + "\n\n";
            var end = chunks.size() == events.size() - 1 ? "0\r\n\r\n" : "";
            chunks.add((Integer.toHexString(data.length()) + "\r\n" + data + "\r\n" + end).getBytes(UTF_8));
        }
        return chunks;
    }

    private static String chunk(String delta, String finish) {
        return CHUNK.formatted("{\"index\":0,\"delta\":%s,\"finish_reason\":%s}".formatted(delta, finish), "");
    }
}
