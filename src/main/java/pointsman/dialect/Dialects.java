package pointsman.dialect;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import pointsman.failure.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads what clients send, in the dialect of each.
public final class Dialects {
    private static final int LONGEST_NUMBER = 100;

    /// A list within a list is a value, and two tokens; one that holds a scalar has three.
    private static final int TOKENS_PER_NODE = 3;

    private final ReadLimits limits;
    private final InstantSource clock;
    private final JsonFactory json;

    /// @param limits the shape of a request beyond which it is refused
    public Dialects(ReadLimits limits) {
        this(limits, InstantSource.system());
    }

    /// @param limits the shape of a request beyond which it is refused
    /// @param clock what translated answers are dated by
    public Dialects(ReadLimits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
        this.json = JsonFactory.builder()
                // UTF-8 and nothing else (RFC 8259): the byte offsets of what is replaced depend on it.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxTokenCount((long) TOKENS_PER_NODE * limits.nodes())
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /// Reads a request.
    ///
    /// @param dialect what the client speaks
    /// @param body the request's body as it came
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] that says what is wrong and where
    public ModelRequest read(Dialect dialect, byte[] body) {
        return read(dialect, Operation.CHAT, body);
    }

    /// Reads a request.
    ///
    /// @param dialect what the client speaks
    /// @param operation what its route asks of a model
    /// @param body the request's body as it came
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] that says what is wrong and where
    public ModelRequest read(Dialect dialect, Operation operation, byte[] body) {
        return parsed(body, parser -> {
            var facts = new RequestReader(dialect, operation, parser, limits).read();
            return new ModelRequest(dialect, operation, body, facts, clock.instant());
        });
    }

    /// Reads what a choice is wanted for: `{"text": ..., "model": ...}` as the chat of one turn that asks
    /// it, or `{"request": {...}, "dialect": "openai" | "responses" | "anthropic"}` as that request.
    ///
    /// @param body the request's body as it came
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] that says what is wrong and where
    public ModelRequest readChoice(byte[] body) {
        var asked = parsed(body, parser -> new ChoiceReader(parser).read(body));
        return read(asked.dialect(), Operation.CHAT, asked.body());
    }

    private <T> T parsed(byte[] body, Function<JsonParser, T> reading) {
        try (var parser = json.createParser(ObjectReadContext.empty(), body)) {
            return reading.apply(parser);
        } catch (StreamConstraintsException _) {
            throw bad(
                            "limit_exceeded",
                            "The JSON body exceeds a limit: at most %d levels deep, %d values and names, numbers of at most %d characters."
                                    .formatted(limits.depth(), limits.nodes(), LONGEST_NUMBER))
                    .asException();
        } catch (JacksonException e) {
            throw bad(
                            "invalid_json",
                            "The body is not valid JSON, from byte %d on."
                                    .formatted(e.getLocation().getByteOffset()))
                    .asException();
        }
    }

    private static Failure bad(String code, String message) {
        return new Failure.BadRequest(code, message, Optional.empty());
    }
}
