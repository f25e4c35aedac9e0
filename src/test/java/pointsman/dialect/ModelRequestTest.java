package pointsman.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

class ModelRequestTest {
    private final Dialects dialects = new Dialects(new ReadLimits(16, 4, 2));

    @Test
    void onlyTheModelIsReplaced() {
        var body = """
                {"messages" : [ {"role":"user","content":"h\\u00e9llo \uD83D\uDE00"} ],  "temperature":1.0e-1,
                 "model":"auto", "x_unknown" : {"a":[1, 2.50 ]}}
                """;

        var sent = text(read(body).forUpstream(UpstreamDialect.OPENAI_CHAT, "qwen \"3\"", Map.of()));

        assertThat(sent).isEqualTo(body.replace("\"auto\"", "\"qwen \\\"3\\\"\""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m","messages":[{"role":"user"}],"stream":true} | {"model":"u","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage":true}}
                    {"model":"m","messages":[{"role":"user"}],"stream":true,"stream_options":{}} | {"model":"u","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage":true}}
                    {"stream_options":null,"model":"m","messages":[{"role":"user"}],"stream":true} | {"stream_options":{"include_usage":true},"model":"u","messages":[{"role":"user"}],"stream":true}
                    {"model":"m","messages":[{"role":"user"}],"stream":true,"stream_options":{"x":1}} | {"model":"u","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage":true,"x":1}}
                    {"model":"m","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage": false}} | {"model":"u","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage": true}}
                    {"model":"m","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage":true}} | {"model":"u","messages":[{"role":"user"}],"stream":true,"stream_options":{"include_usage":true}}
                    """)
    void everyStreamIsAskedForItsUsage(String body, String expected) {
        var sent = read(body).forUpstream(UpstreamDialect.OPENAI_CHAT, "u", Map.of());

        assertThat(text(sent)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"function\",\"function\":{\"name\":\"h\",\"parameters\":{\"name\":\"g\"}}}",
                "\"h\"",
                "7",
                "[\"h\", {}]"
            })
    void llamaIsOfferedOnlyTheToolThatItMustCall(String other) {
        var body = "{\"model\":\"m\",\"tools\":[%s],\"messages\":[{\"role\":\"user\"}],\"tool_choice\":%s}";
        var f = "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"name\":\"g\"}}}";
        var named = "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}";
        var request = read(body.formatted(other + " , " + f, named));

        assertThat(text(request.forUpstream(UpstreamDialect.LLAMA_CPP, "m", Map.of())))
                .isEqualTo(body.formatted(f, "\"required\""));
        assertThat(text(request.forUpstream(UpstreamDialect.OPENAI_CHAT, "m", Map.of())))
                .contains(other, named);
    }

    @Test
    void defaultsFillOnlyWhatTheClientLeftOut() {
        var request = read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\"}],\"stop\":null} ");

        var sent = request.forUpstream(UpstreamDialect.OPENAI_CHAT, "u", Map.of("stop", List.of("#"), "max_tokens", 5));

        assertThat(text(sent))
                .isEqualTo("{\"model\":\"u\",\"messages\":[{\"role\":\"user\"}],\"stop\":null,\"max_tokens\":5} ");
    }

    @Test
    void aShortLastUserMessageIsScoredAfterTheOneBeforeIt() {
        var request = read("""
                {"model":"auto","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"one"},
                {"role":"assistant","content":"two"},{"content":[{"type":"text","text":"three"},{"type":"text","text":"four"}],"role":"user"}]}
                """);

        assertThat(request.textToScore()).isEqualTo("one\nthree\nfour");
    }

    @Test
    void anImageIsNoticedWhereverItStands() {
        var request = read("""
                {"model":"auto","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:x"}}]},
                {"role":"user","content":"What is it?"}]}
                """);

        assertThat(request.demands()).containsExactly(Capability.IMAGE);
    }

    @Test
    void aConversationIsKnownByItsBeginningWhateverCameAfter() {
        var first = read("""
                {"model":"auto","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]}
                """);
        var later = read("""
                {"messages":[{"content":"Be brief.","role":"system"},{"role":"user","content":[{"type":"text","text":"Hi"}]},
                {"role":"assistant","content":"Hello"},{"role":"user","content":"And now?"}],"model":"large"}
                """);
        var other = read("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");

        assertThat(later.fingerprint("t")).isPresent().isEqualTo(first.fingerprint("t"));
        assertThat(later.isContinued()).isTrue();
        assertThat(first.fingerprint("other")).isPresent().isNotEqualTo(first.fingerprint("t"));
        assertThat(other.fingerprint("t")).isPresent().isNotEqualTo(first.fingerprint("t"));
    }

    @Test
    void aConversationWithoutAUserIsNotKnownAgain() {
        var request = read("{\"model\":\"auto\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief.\"}]}");

        assertThat(request.fingerprint("t")).isEmpty();
    }

    @Test
    void aPassageCanBeGoneWithAnotherBody() {
        var passage = read("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
                .to("large", UpstreamDialect.OPENAI_CHAT, "m", Map.of());

        var amended = passage.sending("{}".getBytes(StandardCharsets.UTF_8), List.of("user", "user"));

        assertThat(text(amended.body())).isEqualTo("{}");
        assertThat(amended.dropped()).containsExactly("user");
        assertThat(amended.stream(64).isDone()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"model":"m","messages":[{"role":"user"}]               | invalid_json
                    {"model":"m","messages":[{"role":"user"}]} {}           | invalid_request
                    []                                                      | invalid_request
                    {"messages":[{"role":"user"}]}                          | invalid_request
                    {"model":"m"}                                           | invalid_request
                    {"model":7,"messages":[{"role":"user"}]}                | invalid_request
                    {"model":"m","messages":[]}                             | invalid_request
                    {"model":"m","messages":["x"]}                          | invalid_request
                    {"model":"m","messages":[{"content":"x"}]}              | invalid_request
                    {"model":"m","messages":[{"role":"user","content":7}]}  | invalid_request
                    {"model":"m","model":"n","messages":[{"role":"user"}]}  | invalid_request
                    {"model":"m","messages":[{"role":"user"}],"stream":"y"} | invalid_request
                    {"model":"m","messages":[{"role":"u"},{"role":"u"},{"role":"u"},{"role":"u"},{"role":"u"}]} | invalid_request
                    {"model":"m","messages":[{"role":"user"}],"tools":[{},{},{}]} | invalid_request
                    {"model":"m","messages":[{"role":"user"}],"x":[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]} | limit_exceeded
                    """)
    void whatIsNoRequestIsRefusedWithItsReason(String body, String code) {
        assertThatThrownBy(() -> read(body))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        error -> assertThat(error.failure())
                                .isInstanceOf(Failure.BadRequest.class)
                                .extracting(Failure::code)
                                .isEqualTo(code));
    }

    private ModelRequest read(String body) {
        return dialects.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
