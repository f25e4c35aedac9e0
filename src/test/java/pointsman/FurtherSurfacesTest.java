package pointsman;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import pointsman.access.KeyHash;
import pointsman.testing.Call;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.MediaProvider;
import pointsman.testing.Meters;
import pointsman.testing.Reply;

/// Images, sound, moderation and reranking: what reaches the named model's provider, what comes
/// back, what is booked.
@Timeout(60)
@ExtendWith(OutputCaptureExtension.class)
class FurtherSurfacesTest {
    private static final String BOUNDARY = "b0undary";
    private static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] WAV = sound(70_000);
    private static final String KEY = KeyHash.newKey();

    @AutoClose
    private static final MediaProvider MEDIA = MediaProvider.start();

    @AutoClose
    private static final Gateway GATEWAY = Gateway.with(
            "pointsman.upstreams.retry-backoff=1ms",
            "pointsman.upstreams.breaker.window=10000",
            "pointsman.providers.openai.base-url=" + MEDIA.baseUrl(),
            "pointsman.providers.openai.api-keys=sk-refused," + MediaProvider.KEY,
            "pointsman.providers.claude.base-url=" + MEDIA.baseUrl(),
            "pointsman.providers.claude.dialects=anthropic",
            "pointsman.models.ears.deployments[0].provider=openai",
            "pointsman.models.ears.deployments[0].as=whisper-1",
            "pointsman.models.painter.provider=openai",
            "pointsman.models.painter.as=gpt-image-1",
            "pointsman.models.painter.price.input=10",
            "pointsman.models.painter.price.output=40",
            "pointsman.names[0].match=secret-*",
            "pointsman.names[0].to=refuse");

    @AutoClose
    private static final Gateway TENANTS = Gateway.with(
            "pointsman.surfaces.max-body=64KB",
            "pointsman.providers.media.base-url=" + MEDIA.baseUrl(),
            "pointsman.providers.media.api-keys=" + MediaProvider.KEY,
            "pointsman.access.tenants[0].id=acme",
            "pointsman.access.tenants[0].models=media/whisper-1",
            "pointsman.access.tenants[0].key-hashes[0]=" + KeyHash.of(KEY).text());

    @BeforeEach
    void forget() {
        MEDIA.upstream().forget();
    }

    @Test
    void imagesAreBookedByTheirNumberAndTokens(CapturedOutput log) throws Exception {
        var reply = post("/v1/images/generations", "{\"model\":\"painter\",\"prompt\":\"a fox\",\"n\":2}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("data")).hasSize(2);
        assertThat(reply.header("x-pointsman-model")).isEqualTo("gpt-image-1");
        assertThat(reply.header("x-pointsman-tier")).isEqualTo("painter");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("pinned_by_model");
        assertThat(reply.header("x-pointsman-cost-micros")).isEqualTo(Integer.toString(10 * 10 + 250 * 40));
        assertThat(last().text()).isEqualTo("{\"model\":\"gpt-image-1\",\"prompt\":\"a fox\",\"n\":2}");
        booked(log, "operation=image_generation tier=painter model=gpt-image-1", "input=10", "output=250", "images=2");
        assertThat(Meters.of(GATEWAY).sum("pointsman_units_total", "unit=\"images\"", "tier=\"painter\""))
                .isGreaterThanOrEqualTo(2);
    }

    @Test
    void whatHasNoPriceInItsUnitIsOfUnknownCost(CapturedOutput log) throws Exception {
        var reply = post("/v1/images/generations", "{\"model\":\"dall-e-3\",\"prompt\":\"a fox\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-cost-micros")).isEqualTo("unknown");
        assertThat(reply.header("x-pointsman-requested-model")).isEqualTo("dall-e-3");
        booked(log, "tier=openai/dall-e-3", "cost_micros=unknown", "images=1");
    }

    @Test
    void imageEventsPassAsTheyAre(CapturedOutput log) throws Exception {
        var reply = post("/v1/images/generations", "{\"model\":\"painter\",\"prompt\":\"a fox\",\"stream\":true}");

        assertThat(reply.header("content-type")).startsWith("text/event-stream");
        assertThat(reply.text())
                .startsWith("event: image_generation.partial_image\n")
                .contains("aGk=");
        booked(log, "operation=image_generation", "input=10", "output=250", "images=1");
    }

    @Test
    void aFormPassesByteForByteButForItsModel(CapturedOutput log) throws Exception {
        var reply = upload("/v1/audio/transcriptions", file(WAV), field("model", "ears"), field("language", "de"));

        assertThat(reply.json().path("text").asString()).isEqualTo(MediaProvider.TRANSCRIPT);
        assertThat(last().bytes()).isEqualTo(form(file(WAV), field("model", "whisper-1"), field("language", "de")));
        booked(log, "operation=transcription tier=ears model=whisper-1", "cost_micros=unknown", "seconds=9");
    }

    @Test
    void otherAnswersThanJsonPassWithTheirType() throws Exception {
        var reply =
                upload("/v1/audio/translations", field("model", "ears"), field("response_format", "text"), file(WAV));

        assertThat(reply.header("content-type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(reply.text()).isEqualTo(MediaProvider.TRANSCRIPT + "\n");
    }

    @Test
    void aTranscriptionStreams(CapturedOutput log) throws Exception {
        var reply = upload(
                "/v1/audio/transcriptions", field("model", "gpt-4o-transcribe"), field("stream", "true"), file(WAV));

        assertThat(reply.events()).hasSize(2);
        booked(log, "model=gpt-4o-transcribe", "input=14", "output=45");
    }

    @Test
    void speechIsBookedByItsCharacters(CapturedOutput log) throws Exception {
        var reply = post("/v1/audio/speech", "{\"model\":\"tts-1\",\"voice\":\"alloy\",\"input\":\"Grüße 😀\"}");

        assertThat(reply.header("content-type")).isEqualTo("audio/mpeg");
        assertThat(reply.response().body()).isEqualTo(MediaProvider.sound());
        booked(log, "operation=speech", "characters=8");
    }

    @Test
    void soundGoesOutAsItComes() throws Exception {
        var exchange = java.net.http.HttpClient.newHttpClient()
                .send(
                        java.net.http.HttpRequest.newBuilder(GATEWAY.uri("/v1/audio/speech"))
                                .header("content-type", "application/json")
                                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"tts-1\",\"input\":\"[[mode:slow-sound]]\"}"))
                                .build(),
                        java.net.http.HttpResponse.BodyHandlers.ofInputStream());

        try (var body = exchange.body()) {
            assertThat(body.readNBytes(MediaProvider.sound().length)).isEqualTo(MediaProvider.sound());
        }

        assertThat(last().awaitEnding(PATIENCE)).isEqualTo(Call.Ending.CALLER_GONE);
    }

    @Test
    void editsComeAsFormsAndAsJson(CapturedOutput log) throws Exception {
        var form = upload("/v1/images/edits", field("model", "painter"), field("prompt", "red"), file(WAV));
        var json = post("/v1/images/edits", "{\"model\":\"painter\",\"prompt\":\"red\",\"images\":[]}");

        assertThat(form.json().path("data")).hasSize(1);
        assertThat(json.json().path("data")).hasSize(1);
        booked(log, "operation=image_edit", "images=1");
    }

    @Test
    void textsAreRerankedAndSearchesBooked(CapturedOutput log) throws Exception {
        var tokens = post("/v1/rerank", "{\"model\":\"openai/bge-reranker-v2\",\"query\":\"a\",\"documents\":[\"b\"]}");
        post("/v1/rerank", "{\"model\":\"openai/bge-reranker-v2\",\"query\":\"a\",\"documents\":[],\"top_n\":1}");

        assertThat(tokens.json().path("results")).hasSize(1);
        booked(log, "operation=rerank", "input=56", "searches=1");
        booked(log, "operation=rerank", "input=0", "searches=2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/moderations        | {\"input\":\"I hate you\"}",
                "/v1/images/generations | {\"prompt\":\"a fox\"}"
            })
    void withoutAModelOpenAiChoosesItsOwn(String path, String body) throws Exception {
        var reply = post(path, body);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("x-pointsman-model")).isEqualTo("default");
        assertThat(last().text()).isEqualTo(body);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/audio/speech       | {\"input\":\"a\"}                      | 400 | invalid_request",
                "/v1/rerank             | {\"model\":null}                       | 400 | invalid_request",
                "/v1/images/generations | {\"model\":\"auto\"}                   | 400 | invalid_request",
                "/v1/moderations        | {\"model\":\"claude/claude-x\"}        | 400 | invalid_request",
                "/v1/images/generations | {\"model\":\"my-typo\"}                | 404 | model_not_found",
                "/v1/images/generations | {\"model\":\"secret-1\"}               | 404 | model_not_found",
                "/v1/images/generations | {\"model\":\"gemini-3-image\"}         | 404 | model_not_found",
                "/v1/images/generations | {\"model\":\"dall-e-3\",}              | 400 | invalid_json"
            })
    void whatNamesNoModelThatCanBeAskedIsRefused(String path, String body, int status, String code) throws Exception {
        var reply = post(path, body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(MEDIA.upstream().calls()).isEmpty();
    }

    @Test
    void theProvidersRefusalPassesInItsWords() throws Exception {
        var missing = upload("/v1/audio/transcriptions", field("model", "ears"));
        var unknown = post("/v1/images/generations", "{\"model\":\"openai/draw-9\",\"prompt\":\"a\"}");

        assertThat(missing.status()).isEqualTo(400);
        assertThat(missing.errorCode()).isEqualTo("missing_required_parameter");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.errorCode()).isEqualTo("model_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/audio/transcriptions, application/json",
        "/v1/audio/speech, multipart/form-data; boundary=b0undary",
        "/v1/images/edits, text/plain"
    })
    void anotherContentTypeIsRefusedHere(String path, String type) throws Exception {
        var reply = GATEWAY.client().send("POST", path, form(field("model", "ears")), "content-type", type);

        assertThat(reply.status()).isEqualTo(415);
        assertThat(MEDIA.upstream().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "busy-once, /v1/images/generations, 200, 2",
        "failing, /v1/images/generations, 502, 1",
        "close-before-headers, /v1/images/generations, 503, 1",
        "busy-once, /v1/rerank, 200, 2",
        "close-before-headers, /v1/rerank, 503, 3",
        "login, /v1/images/generations, 502, 1",
        "garbage-json, /v1/rerank, 502, 1"
    })
    void whatMayHaveBeenDrawnIsNotDrawnTwice(String mode, String path, int status, int calls) throws Exception {
        var model = path.endsWith("rerank") ? "openai/bge-reranker-v2" : "painter";
        var body = "{\"model\":\"%s\",\"prompt\":\"[[mode:%s]]%s\"}".formatted(model, mode, path);

        var reply = untilTheRightKey(() -> post(path, body));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(MEDIA.upstream().calls()).hasSize(calls);
    }

    @Test
    void soundThatBreaksOffIsCut() {
        var error = catchThrowable(
                () -> post("/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"[[mode:broken-sound]]\"}"));

        assertThat(error).isInstanceOf(java.io.IOException.class);
    }

    @Test
    void eventsThatBreakOffEndWithAnError() throws Exception {
        var reply = upload(
                "/v1/audio/transcriptions",
                field("model", "ears"),
                field("prompt", "[[mode:broken-events]]"),
                file(WAV));

        assertThat(reply.events().getFirst()).contains("Hel");
        assertThat(reply.events().getLast()).contains("\"error\"").contains("upstream_stream_broken");
    }

    @Test
    void theDoorIsClosedToStrangersAndToModelsOfOthers() throws Exception {
        var body = "{\"model\":\"media/tts-1\",\"input\":\"a\"}";
        var stranger = TENANTS.client().post("/v1/audio/speech", body);
        var other = TENANTS.client().post("/v1/audio/speech", body, "authorization", "Bearer " + KEY);
        var own = TENANTS.client()
                .send(
                        "POST",
                        "/v1/audio/transcriptions",
                        form(field("model", "media/whisper-1"), file(sound(100))),
                        "content-type",
                        FORM,
                        "authorization",
                        "Bearer " + KEY);

        assertThat(stranger.status()).isEqualTo(401);
        assertThat(other.status()).isEqualTo(403);
        assertThat(own.status()).as(own.toString()).isEqualTo(200);
    }

    @Test
    void aFileBeyondTheLimitIsRefused() throws Exception {
        var reply = TENANTS.client()
                .send(
                        "POST",
                        "/v1/audio/transcriptions",
                        form(field("model", "media/whisper-1"), file(WAV)),
                        "content-type",
                        FORM,
                        "authorization",
                        "Bearer " + KEY);

        assertThat(reply.status()).isEqualTo(413);
        assertThat(MEDIA.upstream().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null"})
    void noWebPageSendsAFormWhereNobodyNeedsAKey(String origin) throws Exception {
        var reply = GATEWAY.client()
                .send(
                        "POST",
                        "/v1/audio/transcriptions",
                        form(field("model", "ears"), file(WAV)),
                        "content-type",
                        FORM,
                        "origin",
                        origin);

        assertThat(reply.status()).isEqualTo(403);
        assertThat(MEDIA.upstream().calls()).isEmpty();
    }

    /// The refused key takes its turn with the other until it rests.
    private static Reply untilTheRightKey(Asking asking) throws Exception {
        post("/v1/moderations", "{\"input\":\"a\"}");
        post("/v1/moderations", "{\"input\":\"a\"}");
        MEDIA.upstream().forget();
        return asking.ask();
    }

    private interface Asking {
        Reply ask() throws Exception;
    }

    private static Reply post(String path, String body) throws Exception {
        return GATEWAY.client().post(path, body);
    }

    private static Reply upload(String path, byte[]... parts) throws Exception {
        return GATEWAY.client().send("POST", path, form(parts), "content-type", FORM);
    }

    /// The last call that had the right key.
    private static Call last() {
        return MEDIA.upstream().calls().getLast();
    }

    private static void booked(CapturedOutput log, String... words) throws Exception {
        Eventually.holds(
                "a line with " + String.join(", ", words),
                PATIENCE,
                () -> log.getOut().lines().anyMatch(line -> Arrays.stream(words).allMatch(line::contains)));
    }

    private static byte[] field(String name, String value) {
        return "Content-Disposition: form-data; name=\"%s\"\r\n\r\n%s"
                .formatted(name, value)
                .getBytes(UTF_8);
    }

    private static byte[] file(byte[] bytes) {
        var head =
                "Content-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n";
        return (head + new String(bytes, ISO_8859_1)).getBytes(ISO_8859_1);
    }

    private static byte[] form(byte[]... parts) {
        var form = new ByteArrayOutputStream();
        Stream.of(parts).forEach(part -> {
            form.writeBytes(("--" + BOUNDARY + "\r\n").getBytes(UTF_8));
            form.writeBytes(part);
            form.writeBytes("\r\n".getBytes(UTF_8));
        });
        form.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
        return form.toByteArray();
    }

    private static byte[] sound(int length) {
        var bytes = new byte[length];
        new java.util.Random(7).nextBytes(bytes);
        return bytes;
    }
}
