package pointsman.dialect;

import java.util.Optional;
import pointsman.failure.Failure;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// OpenAI's chat completions as bytes: what routing must know of a request, and what accounting must know of an answer.
public final class OpenAiChat {
    private static final int LONGEST_NUMBER = 100;

    private final ReadLimits limits;
    private final JsonFactory json;

    /// @param limits the shape of a request beyond which it is refused
    public OpenAiChat(ReadLimits limits) {
        this.limits = limits;
        this.json = JsonFactory.builder()
                // UTF-8 and nothing else (RFC 8259): the byte offsets of what is replaced depend on it.
                .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxNumberLength(LONGEST_NUMBER)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }

    /// Reads a request.
    ///
    /// @param body the request's body as it came
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] that says what is wrong and where
    public ChatRequest read(byte[] body) {
        try (var parser = json.createParser(ObjectReadContext.empty(), body)) {
            return new ChatRequest(body, new ChatRequestReader(parser, limits).read());
        } catch (StreamConstraintsException _) {
            throw bad(
                            "limit_exceeded",
                            "The JSON body exceeds a limit: at most %d levels deep, numbers of at most %d characters."
                                    .formatted(limits.depth(), LONGEST_NUMBER))
                    .asException();
        } catch (JacksonException e) {
            throw bad(
                            "invalid_json",
                            "The body is not valid JSON, from byte %d on."
                                    .formatted(e.getLocation().getByteOffset()))
                    .asException();
        }
    }

    /// Opens a reader for one streamed answer.
    ///
    /// @param upstream its name, for failures
    /// @param hideUsage whether the client did not ask for usage, so that the event that brings it stays here
    /// @param maxEventBytes the longest event that is accepted
    public ChatStream stream(String upstream, boolean hideUsage, int maxEventBytes) {
        return new ChatStream(upstream, hideUsage, new SseSplitter(maxEventBytes));
    }

    /// Reads a buffered answer to its end, so that one that was cut cannot pass for whole.
    ///
    /// @param upstream its name, for failures
    /// @return the usage that it states, if it states one that can be meant
    /// @throws pointsman.failure.FailureException a [Failure.UpstreamInvalidAnswer] if it is no chat completion
    public AnswerFacts readAnswer(String upstream, byte[] body) {
        try (var parser = lenient().createParser(ObjectReadContext.empty(), body)) {
            var facts = AnswerFacts.read(parser);
            if (!facts.hasChoices()) {
                throw new Failure.UpstreamInvalidAnswer(upstream, "it has no choices").asException();
            }
            return facts;
        } catch (JacksonException _) {
            var what = body.length == 0 ? "it is empty" : "%d bytes that are not whole JSON".formatted(body.length);
            throw new Failure.UpstreamInvalidAnswer(upstream, what).asException();
        }
    }

    /// Whether a body is a JSON object with an `error`, so that a client of this dialect can read it.
    public static boolean isErrorBody(byte[] body) {
        try (var parser = lenient().createParser(ObjectReadContext.empty(), body)) {
            return AnswerFacts.read(parser).isError();
        } catch (JacksonException _) {
            return false;
        }
    }

    static JsonFactory lenient() {
        return Lenient.JSON;
    }

    private static Failure bad(String code, String message) {
        return new Failure.BadRequest(code, message, Optional.empty());
    }

    /// Answers are bounded in bytes where they are received; their strings may fill them.
    private static final class Lenient {
        static final JsonFactory JSON = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .build())
                .build();
    }
}
