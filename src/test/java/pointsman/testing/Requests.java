package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.dialect.ReadLimits;

/// Requests as the gateway reads them.
public final class Requests {
    private static final Dialects DIALECTS = new Dialects(new ReadLimits(64, 100, 100, 100_000));

    private Requests() {}

    /// A chat in OpenAI's dialect.
    public static ModelRequest chat(String body) {
        return DIALECTS.read(Dialect.OPENAI_CHAT, Operation.CHAT, body.getBytes(UTF_8));
    }
}
