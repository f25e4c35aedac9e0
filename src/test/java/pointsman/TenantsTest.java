package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.UnauthorizedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;
import pointsman.testing.Reply;
import pointsman.testing.SharedGateway;

/// Tenants seen from outside: whose key opens the door, and what each may call.
@Timeout(60)
class TenantsTest {
    private static final String FREE = "pm-free-0123456789abcdef0123456789abcdef";
    private static final String FREE_OLD = "pm-free-old-0123456789abcdef0123456789ab";
    private static final String FRUGAL = "pm-frugal-0123456789abcdef0123456789abcd";
    private static final String LAVISH = "pm-lavish-0123456789abcdef0123456789abcd";

    private static final Gateway GATEWAY = SharedGateway.KEYED.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @ParameterizedTest
    @ValueSource(strings = {FREE, FREE_OLD, FRUGAL, LAVISH})
    void aTenantsKeyOpensTheDoor(String key) throws Exception {
        assertThat(ask("auto", key).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("keysThatOpenNothing")
    void everythingElseIsA401(String authorization) throws Exception {
        var reply = client.chat(Chat.ask("auto", "hello"), "authorization", authorization);

        assertIsUnauthorized(reply);
    }

    static Stream<String> keysThatOpenNothing() {
        return Stream.of(
                "",
                " ",
                "Bearer",
                "Bearer ",
                FREE,
                "Basic " + FREE,
                "Token " + FREE,
                "Bearer " + FREE + "x",
                "Bearer " + FREE.substring(1),
                "Bearer " + FREE.substring(0, FREE.length() - 1),
                "Bearer " + FREE.toUpperCase(java.util.Locale.ROOT),
                "Bearer \"" + FREE + "\"",
                "Bearer " + hash(FREE),
                "Bearer " + hash(FREE).substring("sha256:".length()),
                "Bearer " + FREE + "," + FREE,
                "Bearer free",
                "Bearer x" + "y".repeat(4000));
    }

    @Test
    void theOfficialSdkReadsA401AsUnauthorized() {
        var sdk = OpenAIOkHttpClient.builder()
                .baseUrl(GATEWAY.uri("/v1").toString())
                .apiKey("sk-wrong")
                .maxRetries(0)
                .build();

        var error = catchThrowableOfType(
                UnauthorizedException.class, () -> sdk.models().list());

        assertThat(error.code()).contains("invalid_api_key");
    }

    @Test
    void noKeyIsA401() throws Exception {
        assertIsUnauthorized(client.chat(Chat.ask("auto", "hello")));
    }

    @Test
    void thousandsOfNearKeysAreAllRefused() throws Exception {
        for (var i = 0; i < FREE.length(); i++) {
            for (var bit = 0; bit < 3; bit++) {
                var near = FREE.toCharArray();
                near[i] ^= (char) (1 << bit);
                if (near[i] > ' ' && near[i] < 127) {
                    assertThat(ask("auto", new String(near)).status()).isEqualTo(401);
                }
            }
        }
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void twoAuthorizationHeadersOpenNothing() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("GET /v1/models", "authorization: Bearer nobody", "authorization: Bearer " + FREE);

            assertThat(raw.readUntil("\r\n\r\n")).matches("(?s)HTTP/1\\.1 40[01] .*");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models",
                "/v1/chat/completions",
                "/v1/nothing",
                "/v1",
                "/v1/",
                "/v1/models?key=" + FREE,
                "/v1/%6dodels",
                "/v1//models",
                "/v1/./models",
                "/v1;x/models",
                "/v1/models;x",
                "/v1/models/",
                "//v1/models",
                "/x/../v1/models",
                "/v1%2fmodels",
                "/V1/models"
            })
    void noPathAroundTheDoorLeadsAnywhere(String path) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("GET " + path, "connection: close");
            var answer = raw.readAll();

            assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 (400|401|404|405) .*");
            assertThat(answer).doesNotContain("tiny-1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/chat/completions", "/v1/chat//completions", "//v1/chat/completions",
                "/v1/chat/completions/", "/v1/./chat/completions", "/v1/chat/completions;x=y",
                "/v1/%63hat/completions", "/v1/chat%2fcompletions", "/healthz/../v1/chat/completions",
                "/v1/chat/completions?x=y", "http://127.0.0.1/v1/chat/completions", "*"
            })
    void noSpellingOfThePathReachesAnUpstreamWithoutAKey(String path) throws Exception {
        var body = Chat.ask("auto", "hello");
        try (var raw = new RawConnection(GATEWAY)) {
            raw.post(path, body, "connection: close");
            var answer = raw.readAll();

            assertThat(answer).as(path).matches("(?s)HTTP/1\\.1 4\\d\\d .*");
        }
        assertThat(GATEWAY.small().calls()).isEmpty();
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void theKeyIsAskedForBeforeTheBodyIsLookedAt() throws Exception {
        var reply = client.chat("no JSON at all");

        assertIsUnauthorized(reply);
    }

    @Test
    void healthAndReadinessNeedNoKey() throws Exception {
        assertThat(client.get("/healthz").status()).isEqualTo(200);
        assertThat(client.get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void aTenantsThresholdDecides() throws Exception {
        var reply = ask("auto", FREE);

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("small");
        assertThat(Double.parseDouble(reply.header("x-pointsman-threshold"))).isEqualTo(0);
    }

    @ParameterizedTest
    @CsvSource({FRUGAL + ",small", LAVISH + ",large"})
    void aTenantsTierPinsWhatWouldBeRouted(String key, String tier) throws Exception {
        var reply = ask("auto", key);

        assertThat(reply.header("x-pointsman-tier")).isEqualTo(tier);
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("pinned_by_tenant");
        assertThat(reply.header("x-pointsman-score")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"large,403", "huge-1,403", "tiny-1,403", "small,200", "auto,200"})
    void aTenantCallsOnlyItsModels(String model, int status) throws Exception {
        var reply = ask(model, FRUGAL);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(reply.status() == 200 ? "model_not_allowed" : reply.errorCode())
                .isEqualTo("model_not_allowed");
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void aTenantSeesOnlyItsModels() throws Exception {
        var frugal = client.get("/v1/models", "authorization", "Bearer " + FRUGAL);
        var free = client.get("/v1/models", "authorization", "Bearer " + FREE);

        assertThat(ids(frugal)).containsExactlyInAnyOrder("auto", "small");
        assertThat(ids(free)).contains("auto", "small", "large", "tiny-1", "huge-1");
    }

    @Test
    void aKeyShowsUpNowhereInAnAnswer() throws Exception {
        var echo = client.chat(Chat.ask("auto", Chat.mode("echo")), "authorization", "Bearer " + FREE);
        var refused = client.chat("{", "authorization", "Bearer " + FREE);

        assertThat(echo.toString()).doesNotContain(FREE);
        assertThat(refused.toString()).doesNotContain(FREE);
    }

    @Test
    void metersTellTenantsApartByIdNotByKey() throws Exception {
        ask("auto", LAVISH);

        var meters = client.management("/actuator/prometheus");
        assertThat(meters.status()).as(meters.toString()).isEqualTo(200);
        assertThat(meters.text())
                .contains("tenant=\"lavish\"")
                .doesNotContain(LAVISH, hash(LAVISH), hash(LAVISH).substring("sha256:".length()));
    }

    @Test
    void withoutTenantsTheGatewayStaysOnLoopback() {
        var properties = List.of(
                "server.port=0",
                "management.server.port=0",
                "server.address=0.0.0.0",
                "pointsman.upstreams.small.base-url=http://127.0.0.1:9/v1",
                "pointsman.upstreams.small.model=a",
                "pointsman.upstreams.large.base-url=http://127.0.0.1:9/v1",
                "pointsman.upstreams.large.model=b");

        assertThatThrownBy(() -> Gateway.run(properties).close())
                .satisfies(failure ->
                        assertThat(messages(failure)).contains("0.0.0.0").containsIgnoringCase("tenant"));
    }

    @ParameterizedTest
    @CsvSource({"key-hashes[0],plain-key", "threshold,1.5", "tier,medium", "colour,blue"})
    void aTenantThatMakesNoSenseIsRefusedByName(String property, String value) {
        var properties = List.of(
                "server.port=0",
                "management.server.port=0",
                "pointsman.upstreams.small.base-url=http://127.0.0.1:9/v1",
                "pointsman.upstreams.small.model=a",
                "pointsman.upstreams.large.base-url=http://127.0.0.1:9/v1",
                "pointsman.upstreams.large.model=b",
                "pointsman.access.tenants[0].id=acme",
                "pointsman.access.tenants[0].key-hashes[0]=" + hash(FREE),
                "pointsman.access.tenants[0]." + property + "=" + value);

        assertThatThrownBy(() -> Gateway.run(properties).close())
                .satisfies(failure -> assertThat(messages(failure)).contains(property.replace("[0]", "")));
    }

    private Reply ask(String model, String key) throws Exception {
        return client.chat(Chat.ask(model, "hello"), "authorization", "Bearer " + key);
    }

    private static void assertIsUnauthorized(Reply reply) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(401);
        assertThat(reply.header("content-type")).startsWith("application/json");
        assertThat(reply.errorCode()).isEqualTo("invalid_api_key");
        assertThat(GATEWAY.small().calls()).isEmpty();
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    private static List<String> ids(Reply models) {
        return models.json()
                .path("data")
                .valueStream()
                .map(model -> model.path("id").asString())
                .toList();
    }

    private static String messages(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable::toString)
                .reduce("", (all, next) -> all + "\n" + next);
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
