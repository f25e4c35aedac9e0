package pointsman.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A provider of images, sound, moderation and reranking that refuses what OpenAI's API refuses:
/// another content type, a model that it does not know, a form without its file, a key that is not
/// its own.
public final class MediaProvider implements AutoCloseable {
    public static final String KEY = "sk-of-the-media-provider";
    private static final byte[] SOUND = {'I', 'D', '3', 4, 0, (byte) 0xFF, (byte) 0xFB, 0, 13, 10};
    public static final String TRANSCRIPT = "Grüße, wörld 😀!";
    private static final Set<String> MODELS = Set.of(
            "gpt-image-1",
            "dall-e-3",
            "whisper-1",
            "gpt-4o-transcribe",
            "tts-1",
            "omni-moderation-latest",
            "bge-reranker-v2");

    private final FakeUpstream upstream = FakeUpstream.start();

    private MediaProvider() {
        upstream.on("ok", (exchange, _) -> answer(exchange));
        upstream.on("busy-once", (exchange, _) -> {
            if (exchange.attempt() == 1) {
                exchange.json(503, Completions.error("Busy."));
            } else {
                answer(exchange);
            }
        });
        upstream.on("broken-sound", (exchange, _) -> {
            exchange.beginChunked("audio/mpeg");
            exchange.chunk(SOUND);
            exchange.close();
        });
        upstream.on("broken-events", (exchange, _) -> {
            exchange.beginStream();
            exchange.chunk("data: {\"type\":\"transcript.text.delta\",\"delta\":\"Hel\"}\n\n");
            exchange.close();
        });
        upstream.on("failing", (exchange, _) -> exchange.json(500, Completions.error("Fake failure 500.")));
        upstream.on("login", (exchange, _) -> exchange.whole(200, "text/html", "<html>Log in</html>".getBytes(UTF_8)));
        upstream.on("slow-sound", (exchange, _) -> {
            exchange.beginChunked("audio/mpeg");
            exchange.chunk(SOUND);
            exchange.hang();
        });
    }

    /// What it says, which is no text.
    public static byte[] sound() {
        return SOUND.clone();
    }

    public static MediaProvider start() {
        return new MediaProvider();
    }

    public FakeUpstream upstream() {
        return upstream;
    }

    public String baseUrl() {
        return upstream.baseUrl();
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }

    private static void answer(Exchange exchange) throws IOException {
        var call = exchange.call();
        if (!call.header("authorization").equals(List.of("Bearer " + KEY))) {
            refuse(exchange, 401, "Incorrect API key provided.", "invalid_api_key");
            return;
        }
        var type = String.join("", call.header("content-type"));
        var isForm = type.startsWith("multipart/form-data");
        var path = call.path().replaceFirst("^.*/v1", "");
        if (isForm ? !path.matches("/audio/trans.*|/images/edits") : path.startsWith("/audio/trans")) {
            refuse(
                    exchange,
                    415,
                    "Unsupported content type: " + type.replaceFirst(";.*", ""),
                    "unsupported_media_type");
            return;
        }
        var fields = isForm ? form(call, type) : json(call);
        var model = fields.getOrDefault("model", "");
        if (!MODELS.contains(model) && !(model.isEmpty() && path.matches("/moderations|/images/.*"))) {
            refuse(exchange, 404, "The model '%s' does not exist.".formatted(model), "model_not_found");
            return;
        }
        if (path.startsWith("/audio/trans") && !fields.containsKey("file")) {
            refuse(exchange, 400, "'file' is a required property", "missing_required_parameter");
            return;
        }
        answer(exchange, path, model, fields);
    }

    private static void answer(Exchange exchange, String path, String model, Map<String, String> fields)
            throws IOException {
        var isStream = fields.getOrDefault("stream", "").equals("true");
        switch (path) {
            case "/moderations" ->
                exchange.json(
                        200,
                        "{\"id\":\"modr-1\",\"model\":\"omni-moderation-2024-09-26\",\"results\":[{\"flagged\":"
                                + "true,\"categories\":{},\"category_scores\":{},\"category_applied_input_types\":{}}]}");
            case "/images/generations", "/images/edits" -> {
                if (isStream) {
                    exchange.stream(
                            List.of(
                                    "event: image_generation.partial_image\ndata: {\"type\":\"image_generation.partial_image\"}\n\n",
                                    "event: image_generation.completed\ndata: {\"type\":\"image_generation.completed\","
                                            + "\"b64_json\":\"aGk=\",\"usage\":{\"total_tokens\":260,\"input_tokens\":10,\"output_tokens\":250}}\n\n"));
                } else {
                    exchange.json(200, images(Integer.parseInt(fields.getOrDefault("n", "1")), model));
                }
            }
            case "/audio/transcriptions", "/audio/translations" -> text(exchange, model, fields, isStream);
            case "/audio/speech" -> {
                exchange.beginChunked("audio/mpeg");
                exchange.chunk(Arrays.copyOfRange(SOUND, 0, 4));
                exchange.chunk(Arrays.copyOfRange(SOUND, 4, SOUND.length));
                exchange.end();
            }
            case "/rerank" ->
                exchange.json(
                        200,
                        "{\"id\":\"rerank-1\",\"results\":[{\"index\":1,\"relevance_score\":0.9}],"
                                + (fields.containsKey("top_n")
                                        ? "\"meta\":{\"billed_units\":{\"search_units\":2}}}"
                                        : "\"usage\":{\"total_tokens\":56}}"));
            default -> refuse(exchange, 404, "Not found.", "not_found");
        }
    }

    private static String images(int count, String model) {
        var data = IntStream.range(0, count)
                .mapToObj(_ -> "{\"b64_json\":\"aGk=\"}")
                .collect(Collectors.joining(","));
        var usage = model.equals("gpt-image-1")
                ? ",\"usage\":{\"total_tokens\":260,\"input_tokens\":10,\"output_tokens\":250,"
                        + "\"input_tokens_details\":{\"text_tokens\":10,\"image_tokens\":0}}"
                : "";
        return "{\"created\":1,\"data\":[" + data + "]" + usage + "}";
    }

    private static void text(Exchange exchange, String model, Map<String, String> fields, boolean isStream)
            throws IOException {
        var usage = model.equals("whisper-1")
                ? "{\"type\":\"duration\",\"seconds\":9}"
                : "{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":45,\"total_tokens\":59}";
        if (isStream) {
            exchange.stream(List.of(
                    "data: {\"type\":\"transcript.text.delta\",\"delta\":\"" + TRANSCRIPT + "\"}\n\n",
                    "data: {\"type\":\"transcript.text.done\",\"text\":\"" + TRANSCRIPT + "\",\"usage\":" + usage
                            + "}\n\n"));
        } else if (fields.getOrDefault("response_format", "json").equals("text")) {
            exchange.whole(200, "text/plain; charset=utf-8", (TRANSCRIPT + "\n").getBytes(UTF_8));
        } else {
            exchange.json(200, "{\"text\":\"" + TRANSCRIPT + "\",\"usage\":" + usage + "}");
        }
    }

    private static void refuse(Exchange exchange, int status, String message, String code) throws IOException {
        exchange.json(
                status,
                "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"%s\"}}"
                        .formatted(message, code));
    }

    private static Map<String, String> json(Call call) {
        return call.json()
                .propertyStream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        field -> field.getValue().asString(field.getValue().toString())));
    }

    /// The fields of a form, byte for a letter.
    public static Map<String, String> form(Call call, String type) {
        var boundary = "--" + type.replaceFirst(".*boundary=", "").replace("\"", "");
        var fields = new HashMap<String, String>();
        for (var part : new String(call.bytes(), ISO_8859_1).split(java.util.regex.Pattern.quote(boundary), -1)) {
            var head = part.indexOf("\r\n\r\n");
            if (head > 0) {
                var name = part.substring(0, head).replaceFirst("(?s).*[; ]name=\"([^\"]*)\".*", "$1");
                fields.put(name, part.substring(head + 4, part.length() - 2));
            }
        }
        return fields;
    }
}
