package pointsman.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;

/// The provider misbehaves as it is told, and otherwise as the real ones do: else the table of faults
/// proves nothing.
@Timeout(30)
class FaultyProviderTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AutoClose
    private static final FaultyProvider PROVIDER = FaultyProvider.start();

    private final FaultyUpstream upstream = PROVIDER.upstream("here", 7, new Pace(0.01));

    @Test
    void aHealthyOneSaysEveryWordOnce() throws Exception {
        var whole = chat("{\"role\":\"user\",\"content\":\"Count.\"}");

        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(text(whole)).isEqualTo(Words.TEXT);
        assertThat(upstream.calls())
                .singleElement()
                .satisfies(call -> assertThat(call.path()).endsWith("/chat/completions"));
    }

    @Test
    void itGoesOnExactlyWhereAPrefillStops() throws Exception {
        var rest = chat("""
                {"role":"user","content":"Count."},{"role":"assistant","content":"word1 word2"}""");

        assertThat("word1 word2" + text(rest)).isEqualTo(Words.TEXT);
    }

    @Test
    void itRepeatsThreeWordsWhereItIsAskedInWordsToGoOn() throws Exception {
        var rest = chat("{\"role\":\"user\",\"content\":\"You said: word1 word2 word3 word4 word5. Go on.\"}");

        assertThat(text(rest)).startsWith("word3 word4 word5 word6").endsWith("word60");
    }

    @Test
    void messagesGoOnByPrefillToo() throws Exception {
        var rest = messages("\"word1 word2\"");
        var spoiled = messages("\"word1 word2 \"");

        assertThat(JSON.readTree(rest.body()).at("/content/0/text").asString()).startsWith(" word3 word4");
        assertThat(spoiled.statusCode()).isEqualTo(400);
    }

    @Test
    void aFallbackThatTakesNoPrefillSaysSo() throws Exception {
        upstream.turn(Fault.NO_PREFILL);

        assertThat(messages("\"word1\"").statusCode()).isEqualTo(400);
    }

    @Test
    void itRefusesWhatTheRealOnesRefuse() throws Exception {
        var withoutModel = post("/chat/completions", "{\"messages\":[{\"role\":\"user\",\"content\":\"Count.\"}]}");
        var ofAKing = chat("{\"role\":\"king\",\"content\":\"Count.\"}");
        var withoutLimit =
                post("/messages", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Count.\"}]}");

        assertThat(withoutModel.statusCode()).isEqualTo(400);
        assertThat(ofAKing.statusCode()).isEqualTo(400);
        assertThat(withoutLimit.statusCode()).isEqualTo(400);
        assertThat(withoutLimit.body()).contains("max_tokens: Field required");
    }

    @Test
    void aResetComesOnceBeforeTheStatusLine() throws Exception {
        upstream.turn(Fault.S05);

        assertThatThrownBy(() -> chat("{\"role\":\"user\",\"content\":\"Count.\"}"))
                .isInstanceOf(IOException.class);
        assertThat(chat("{\"role\":\"user\",\"content\":\"Count.\"}").statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> chat(String messages) throws IOException, InterruptedException {
        return post("/chat/completions", "{\"model\":\"m\",\"messages\":[" + messages + "]}");
    }

    private HttpResponse<String> messages(String prefill) throws IOException, InterruptedException {
        return post("/messages", """
                {"model":"m","max_tokens":100,"messages":[{"role":"user","content":"Count."},\
                {"role":"assistant","content":%s}]}""".formatted(prefill));
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(upstream.baseUrl() + path))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String text(HttpResponse<String> answer) {
        return JSON.readTree(answer.body()).at("/choices/0/message/content").asString();
    }
}
