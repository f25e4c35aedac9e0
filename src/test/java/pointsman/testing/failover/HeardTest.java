package pointsman.testing.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.testing.Words;

/// The judge's clients find out what is not an answer: else every gateway passes.
class HeardTest {
    private static final String ROLE = chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    private static final String ALL = words(Words.TEXT);
    private static final String STOP = chunk("{}", "\"stop\"");
    private static final String USAGE = """
            data: {"id":"a","object":"chat.completion.chunk","model":"m","choices":[],\
            "usage":{"prompt_tokens":1,"completion_tokens":60}}

            """;
    private static final String DONE = "data: [DONE]\n\n";
    private static final String ERROR = """
            event: error
            data: {"error":{"message":"It broke off.","type":"server_error","code":"%s"}}

            """;

    @Test
    void aWholeStreamIsWhole() {
        var heard = chat(ROLE + ALL + STOP + USAGE + DONE);

        assertThat(heard.isWhole()).as(heard.words()).isTrue();
        assertThat(heard.words()).isEqualTo("200, whole");
    }

    @Test
    void commentsAndJoinedWordsAreAsGood() {
        var half = Words.TEXT.indexOf(" word31");
        var heard = chat(": wait\n\n" + ROLE + words(Words.TEXT.substring(0, half)) + ": wait\n\n"
                + words(Words.TEXT.substring(half)) + STOP + USAGE + DONE);

        assertThat(heard.isWhole()).as(heard.words()).isTrue();
    }

    @Test
    void aWordTwiceAMissingOneAndAMissingBlankAreNoAnswer() {
        var twice = Words.TEXT.replace("word30 ", "word30 word30 ");
        var missing = Words.TEXT.replace("word30 ", "");
        var joined = Words.TEXT.replace("word30 word31", "word30word31");
        var blanks = Words.TEXT.replace("word30 word31", "word30  word31");

        for (var text : List.of(twice, missing, joined, blanks)) {
            var heard = chat(ROLE + words(text) + STOP + USAGE + DONE);
            assertThat(heard.isWhole()).as(heard.words()).isFalse();
            assertThat(heard.isHonestError()).as(heard.words()).isFalse();
        }
    }

    @Test
    void whatEndsWithoutItsMarkClaimsToBeWholeAndIsNot() {
        for (var stream : List.of(ROLE + ALL, ROLE + ALL + STOP + USAGE, ROLE + ALL + DONE, ROLE + ALL + STOP + DONE)) {
            var heard = chat(stream);
            assertThat(heard.isWhole()).as(heard.words()).isFalse();
            assertThat(heard.isHonestError()).as(heard.words()).isFalse();
        }
    }

    @Test
    void aSecondRoleAnotherIdAndWordsAfterTheEndAreFoundOut() {
        var secondRole = chat(ROLE + ROLE + ALL + STOP + USAGE + DONE);
        var otherId = chat(ROLE + ALL + STOP.replace("\"a\"", "\"b\"") + USAGE + DONE);
        var late = chat(ROLE + ALL + STOP + USAGE + DONE + words(" word61"));

        assertThat(secondRole.words()).contains("a second role");
        assertThat(otherId.words()).contains("more than one id");
        assertThat(late.words()).contains("an event after the end");
    }

    @Test
    void anErrorAfterRightWordsIsHonestUnlessItIsABug() {
        var broken = chat(ROLE + words("word1 word2") + ERROR.formatted("upstream_stream_broken"));
        var bug = chat(ROLE + words("word1 word2") + ERROR.formatted("internal_error"));
        var garbled = chat(ROLE + words("word1 word1") + ERROR.formatted("upstream_stream_broken"));

        assertThat(broken.isHonestError()).as(broken.words()).isTrue();
        assertThat(bug.isHonestError()).isFalse();
        assertThat(garbled.isHonestError()).isFalse();
    }

    @Test
    void aLostConnectionIsHonestAndAHangIsNot() {
        assertThat(heard(ROLE, RawAnswer.Ending.CUT, ClientKind.CHAT).isHonestError())
                .isTrue();
        assertThat(heard(ROLE, RawAnswer.Ending.HUNG, ClientKind.CHAT).isHonestError())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MESSAGES, event: message_stop|data: {\"type\":\"message_stop\"}, a stop in the middle",
        "MESSAGES, event: ping|data: {\"type\":\"content_block_stop\"}, an event called 'ping'",
        "RESPONSES, 'event: response.completed|data: {\"type\":\"response.completed\",\"sequence_number\":7}', "
                + "a number out of sequence",
        "RESPONSES, event: response.completed|data: {\"type\":\"response.completed\"}, no created at the beginning",
        "CHAT, hello, a line that is no field"
    })
    void whatADialectDoesNotAllowIsSaid(ClientKind client, String event, String complaint) {
        var heard = heard(event.replace('|', '\n') + "\n\n", RawAnswer.Ending.PROPER, client);

        assertThat(heard.words()).contains(complaint);
        assertThat(heard.isWhole()).isFalse();
    }

    private static Heard chat(String stream) {
        return heard(stream, RawAnswer.Ending.PROPER, ClientKind.CHAT);
    }

    private static Heard heard(String stream, RawAnswer.Ending ending, ClientKind client) {
        var headers = HttpHeaders.of(
                Map.of(
                        "content-type", List.of("text/event-stream"),
                        "x-pointsman-request-id", List.of("r"),
                        "x-pointsman-tier", List.of("small"),
                        "x-pointsman-model", List.of("m"),
                        "x-pointsman-reason", List.of("router")),
                (_, _) -> true);
        return Heard.of(new RawAnswer(200, headers, stream, ending, Duration.ofSeconds(1)), client, true);
    }

    private static String words(String text) {
        return chunk("{\"content\":\"" + text + "\"}", "null");
    }

    private static String chunk(String delta, String reason) {
        return """
                data: {"id":"a","object":"chat.completion.chunk","model":"m","choices":[\
                {"index":0,"delta":%s,"finish_reason":%s}]}

                """.formatted(delta, reason);
    }
}
