package pointsman;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Gateway;
import pointsman.testing.RawConnection;
import pointsman.testing.SharedGateway;

/// Every limit of a request, at the limit and one past it, and bodies that are no requests at all.
@Timeout(60)
class LimitsTest {
    private static final int MAX_BODY = 64 * 1024;

    private static final Gateway GATEWAY = SharedGateway.NARROW.get();

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @Test
    void aBodyOfExactlyTheLimitPasses() throws Exception {
        assertThat(client.chat(bodyOf(MAX_BODY)).status()).isEqualTo(200);
        assertThat(GATEWAY.small().onlyCall().bytes()).hasSize(MAX_BODY + 1);
    }

    @Test
    void aBodyOneByteOverTheLimitIsA413() throws Exception {
        var reply = client.chat(bodyOf(MAX_BODY + 1));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(413);
        assertThat(reply.errorCode()).isEqualTo("body_too_large");
        assertThat(reply.json().path("error").path("message").asString()).contains(Integer.toString(MAX_BODY));
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("POST /v1/chat/completions", "content-type: application/json", "content-length: 999999999");

            assertThat(raw.readUntil("body_too_large")).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aChunkedBodyIsCountedWhileItComes() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("POST /v1/chat/completions", "content-type: application/json", "transfer-encoding: chunked");
            raw.send("11000\r\n" + " ".repeat(0x11000) + "\r\n");

            assertThat(raw.readUntil("body_too_large")).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void aChunkedBodyWithinTheLimitPasses() throws Exception {
        var body = Chat.ask("small", "hello");
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("POST /v1/chat/completions", "content-type: application/json", "transfer-encoding: chunked");
            for (var i = 0; i < body.length(); i++) {
                raw.send("1\r\n" + body.charAt(i) + "\r\n");
            }
            raw.send("0\r\n\r\n");

            assertThat(raw.readUntil("chatcmpl-fake")).startsWith("HTTP/1.1 200");
        }
        assertThat(GATEWAY.small().onlyCall().text()).isEqualTo(Chat.ask("tiny-1", "hello"));
    }

    @Test
    void aBodyThatDoesNotComeIsNotWaitedForLong() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("POST /v1/chat/completions", "content-type: application/json", "content-length: 100");
            raw.send("{\"model\":");

            assertThat(raw.readUntil("body_timeout")).startsWith("HTTP/1.1 408");
        }
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz", "GET /v1/models?x=%zz", "GARBAGE"})
    void aRequestThatIsNotHttpIsA400InTheErrorShape(String line) throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead(line, "connection: close");

            assertThat(raw.readAll()).startsWith("HTTP/1.1 400").contains("\"error\"", "\"code\"");
        }
    }

    @Test
    void headersBeyondTheLimitAreA431InTheErrorShape() throws Exception {
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("GET /v1/models", "x-large: " + "y".repeat(20_000), "connection: close");

            assertThat(raw.readAll()).startsWith("HTTP/1.1 431").contains("\"error\"", "\"code\"");
        }
    }

    @ParameterizedTest
    @CsvSource({"15,200", "16,400"})
    void nestingIsLimited(int levelsBelowTheBody, int status) throws Exception {
        var nested = "[".repeat(levelsBelowTheBody) + "]".repeat(levelsBelowTheBody);

        var reply = client.chat(Chat.with(Chat.ask("small", "hello"), "\"x\":" + nested));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
        assertThat(GATEWAY.small().calls()).hasSize(status == 200 ? 1 : 0);
    }

    @Test
    void aHundredThousandOpenBracketsAreOnlyTooDeep() throws Exception {
        var reply = client.chat("{\"model\":\"small\",\"messages\":" + "[".repeat(60_000));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.errorCode()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"5,200", "6,400"})
    void messagesAreLimited(int count, int status) throws Exception {
        var messages = String.join(",", Collections.nCopies(count, "{\"role\":\"user\",\"content\":\"x\"}"));

        var reply = client.chat("{\"model\":\"small\",\"messages\":[" + messages + "]}");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"3,200", "4,400"})
    void toolsAreLimited(int count, int status) throws Exception {
        var tools = String.join(",", Collections.nCopies(count, "{\"type\":\"function\"}"));

        var reply = client.chat(Chat.with(Chat.ask("small", "x"), "\"tools\":[" + tools + "]"));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"100,200", "101,400"})
    void numbersAreLimited(int digits, int status) throws Exception {
        var reply = client.chat(Chat.with(Chat.ask("small", "x"), "\"seed\":" + "1".repeat(digits)));

        assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{]",
                "hello",
                "{\"model\":\"small\",}",
                "{'model':'small'}",
                "{\"model\":\"small\",\"messages\":[NaN]}",
                "{\"model\":\"small\" \"messages\":[]}",
                "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"a\nb\"}]}",
                "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]",
                "{/* no */\"model\":\"small\",\"messages\":[]}",
                "\0"
            })
    void whatIsNotJsonIsA400(String body) throws Exception {
        var reply = client.chat(body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.errorCode()).isIn("invalid_json", "invalid_request");
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[]`|",
                "`null`|",
                "`\"text\"`|",
                "`12`|",
                "`{}`|model",
                "`{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}`|model",
                "`{\"model\":null,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}`|model",
                "`{\"model\":[\"small\"],\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}`|model",
                "`{\"model\":\"\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}`|model",
                "`{\"model\":\"small\"}`|messages",
                "`{\"model\":\"small\",\"messages\":[]}`|messages",
                "`{\"model\":\"small\",\"messages\":{}}`|messages",
                "`{\"model\":\"small\",\"messages\":\"x\"}`|messages",
                "`{\"model\":\"small\",\"messages\":[1]}`|`messages[0]`",
                "`{\"model\":\"small\",\"messages\":[{\"content\":\"x\"}]}`|`messages[0].role`",
                "`{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":\"yes\"}`|stream",
                "`{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream_options\":7}`|stream_options",
                "`{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"tools\":7}`|tools",
                "`{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"model\":\"large\"}`|model"
            })
    void whatIsNoChatRequestIsA400ThatNamesTheField(String body, String field) throws Exception {
        var reply = client.chat(body);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo("invalid_request");
        assertThat(reply.json().path("error").path("param").asString("")).isEqualTo(field == null ? "" : field);
        assertThat(GATEWAY.small().calls()).isEmpty();
        assertThat(GATEWAY.large().calls()).isEmpty();
    }

    @Test
    void anotherEncodingThanUtf8IsA400() throws Exception {
        for (var body : new byte[][] {
            Chat.ask("small", "x").getBytes(UTF_16LE), ("\uFEFF" + Chat.ask("small", "x")).getBytes(UTF_16LE)
        }) {
            var reply = client.send("POST", "/v1/chat/completions", body, "content-type", "application/json");

            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            assertThat(reply.errorCode()).isEqualTo("invalid_json");
        }
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void invalidUtf8InAPromptIsNeverAFailureOfTheGateway() throws Exception {
        var body = Chat.ask("auto", "caf#").getBytes(UTF_8);
        body[new String(body, UTF_8).indexOf('#')] = (byte) 0xe9;

        var reply = client.send("POST", "/v1/chat/completions", body, "content-type", "application/json");

        assertThat(reply.status()).as(reply.toString()).isIn(200, 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/xml",
                "nonsense"
            })
    void anotherContentTypeThanJsonIsA415(String type) throws Exception {
        var body = Chat.ask("small", "x").getBytes(UTF_8);

        var reply = client.send("POST", "/v1/chat/completions", body, "content-type", type);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(415);
        assertThat(reply.errorCode()).isNotEmpty();
        assertThat(GATEWAY.small().calls()).isEmpty();
    }

    @Test
    void jsonWithACharsetIsStillJson() throws Exception {
        var body = Chat.ask("small", "x").getBytes(UTF_8);

        var reply =
                client.send("POST", "/v1/chat/completions", body, "content-type", "Application/JSON; charset=utf-8");

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    }

    @Test
    void aCompressedBodyIsRefusedAndNotOpened() throws Exception {
        var reply = client.send(
                "POST",
                "/v1/chat/completions",
                new byte[] {0x1f, (byte) 0x8b, 8, 0},
                "content-type",
                "application/json",
                "content-encoding",
                "gzip");

        assertThat(reply.status()).as(reply.toString()).isIn(400, 415);
        assertThat(reply.errorCode()).isNotEmpty();
    }

    @Test
    void anErrorTellsNeitherThePromptNorAKey() throws Exception {
        var reply = client.chat(
                "{\"model\":\"small\",\"messages\":[{\"role\":\"user\",\"content\":\"canary-prompt\"}],\"stream\":\"canary\" canary}",
                "authorization",
                "Bearer canary-key");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.toString()).doesNotContain("canary");
    }

    private static String bodyOf(int size) {
        var body = Chat.ask("small", "");
        var filler = new char[size - body.length()];
        Arrays.fill(filler, 'x');
        return Chat.ask("small", new String(filler));
    }
}
