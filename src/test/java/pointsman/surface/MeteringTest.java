package pointsman.surface;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.RawPart;
import pointsman.usage.Units;
import pointsman.usage.Units.Unit;

/// What answers are charged by, as their providers say it.
class MeteringTest {
    private static final RawPart.Head JSON = new RawPart.Head(200, "application/json");
    private static final RawPart.Head EVENTS = new RawPart.Head(200, "text/event-stream; charset=utf-8");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "IMAGE_GENERATION | {'data':[{'url':'a'},{'url':'b'}]} | IMAGES | 2 | 0 | 0",
                "IMAGE_GENERATION | {'data':[{}],'usage':{'input_tokens':10,'output_tokens':250}} | IMAGES | 1 | 10 | 250",
                "TRANSCRIPTION | {'text':'a','usage':{'type':'duration','seconds':9}} | SECONDS | 9 | 0 | 0",
                "TRANSCRIPTION | {'text':'a','duration':8.47} | SECONDS | 8.47 | 0 | 0",
                "TRANSCRIPTION | {'text':'a','duration':'8.47'} | SECONDS | 8.47 | 0 | 0",
                "TRANSCRIPTION | {'usage':{'type':'tokens','input_tokens':14,'output_tokens':45}} | SECONDS | 0 | 14 | 45",
                "TRANSLATION | {'text':'a','duration':-1,'usage':null} | SECONDS | 0 | 0 | 0",
                "TRANSLATION | {'text':'a','duration':{'x':[1]},'data':7} | SECONDS | 0 | 0 | 0",
                "RERANK | {'results':[],'meta':{'billed_units':{'search_units':3}}} | SEARCHES | 3 | 0 | 0",
                "RERANK | {'results':[{}],'usage':{'total_tokens':56}} | SEARCHES | 1 | 56 | 0",
                "RERANK | {'results':[{}],'usage':{'prompt_tokens':50,'total_tokens':56}} | SEARCHES | 1 | 50 | 0",
                "MODERATION | {'results':[{'flagged':true}]} | TOKENS | 0 | 0 | 0",
                "IMAGE_EDIT | {'data':[{}],'usage':{'input_tokens':-4,'output_tokens':1}} | IMAGES | 1 | 0 | 0"
            })
    void anAnswerSaysWhatItIsChargedBy(
            Surface surface, String answer, Unit unit, double amount, long input, long output) {
        var metering = metering(surface);

        metering.take(part(JSON, answer.replace('\'', '"')), "media");

        assertThat(metering.units(true)).isEqualTo(new Units(unit, amount));
        assertThat(metering.usage().input()).isEqualTo(input);
        assertThat(metering.usage().output()).isEqualTo(output);
    }

    @Test
    void eventsAreReadWhereverTheyAreCut() {
        var metering = metering(Surface.IMAGE_GENERATION);
        var events = """
                data: {"type":"image_generation.partial_image","b64_json":"AAAA"}

                data: {"type":"image_generation.completed","b64_json":"AAAA","usage":{"input_tokens":3,"output_tokens":4}}

                data: [DONE]

                """;

        events.chars().forEach(letter -> metering.take(part(EVENTS, Character.toString(letter)), "media"));

        assertThat(metering.units(true)).isEqualTo(new Units(Unit.IMAGES, 1));
        assertThat(metering.usage().output()).isEqualTo(4);
    }

    @Test
    void speechIsChargedByItsTextOnceItWasAskedFor() {
        var metering = new Metering(JsonBody.read(Surface.SPEECH, utf8("{\"model\":\"tts-1\",\"input\":\"Grüße\"}")));

        metering.take(part(new RawPart.Head(200, "audio/mpeg"), "x"), "media");

        assertThat(metering.units(true)).isEqualTo(new Units(Unit.CHARACTERS, 5));
        assertThat(metering.units(false)).isEqualTo(new Units(Unit.CHARACTERS, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html, <html>",
        "application/json, '{\"text\":'",
        "application/json, '[1]'",
        "application/json, '{} {}'",
        "audio/mpeg, x"
    })
    void whatIsNoAnswerIsRefused(String type, String body) {
        var metering = metering(Surface.TRANSCRIPTION);

        var refused = catchThrowableOfType(
                FailureException.class, () -> metering.take(part(new RawPart.Head(200, type), body), "media"));

        assertThat(refused.failure()).isInstanceOf(Failure.UpstreamInvalidAnswer.class);
    }

    private static Metering metering(Surface surface) {
        return new Metering(JsonBody.read(surface, utf8("{\"model\":\"m\"}")));
    }

    private static RawPart part(RawPart.Head head, String text) {
        return new RawPart(head, utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }
}
