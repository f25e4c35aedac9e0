package pointsman.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import pointsman.dialect.wire.Json;

/// The count of a prompt's tokens, against JTokkit's.
class TokenEstimateTest {
    private static final int FRAME = 4;
    private static final Encoding REFERENCE =
            Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);

    private final Dialects dialects = new Dialects(new ReadLimits(16, 10, 10));

    @Property(tries = 200)
    void aMessageCountsItsTextAndItsFrame(@ForAll String text) {
        var sayable = new String(text.getBytes(UTF_8), UTF_8);

        assertThat(count(sayable)).isEqualTo(FRAME + REFERENCE.countTokensOrdinary(sayable));
    }

    @Test
    void whatNoModelReadsCountsForNothing() {
        var body = """
                {"model":"a long name of a model","messages":[{"role":"user","content":[{"type":"image","source":
                {"type":"base64","media_type":"image/png","data":"aGVsbG8="}}]}]}
                """;

        assertThat(answer(body)).isEqualTo("{\"input_tokens\":4}");
    }

    private int count(String text) {
        var body = Json.object().put("model", "m");
        body.putArray("messages").addObject().put("role", "user").put("content", text);
        return Json.object(answer(Json.text(body)))
                .orElseThrow()
                .path("input_tokens")
                .asInt();
    }

    private String answer(String body) {
        var request = dialects.read(Dialect.ANTHROPIC_MESSAGES, Operation.TOKEN_COUNT, body.getBytes(UTF_8));
        return new String(TokenEstimate.answer(request), UTF_8);
    }
}
