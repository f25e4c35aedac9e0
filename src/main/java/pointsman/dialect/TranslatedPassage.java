package pointsman.dialect;

import java.util.Map;
import pointsman.failure.Failure;

/// The way between a client and an upstream of another dialect.
record TranslatedPassage(String upstream, byte[] body) implements Passage {
    /// Translates a request.
    static TranslatedPassage open(
            ChatRequest request,
            String upstream,
            UpstreamDialect spoken,
            String upstreamModel,
            Map<String, Object> defaults) {
        if (upstreamModel.isEmpty() || defaults.size() < Integer.MAX_VALUE) {
            throw new Failure.Untranslatable(
                            upstream,
                            "model",
                            "%s is not %s".formatted(spoken, request.dialect().title()))
                    .asException();
        }
        return new TranslatedPassage(upstream, request.body());
    }

    @Override
    public WholeAnswer answer(byte[] answer) {
        throw new IllegalStateException("nothing was asked");
    }

    @Override
    public AnswerStream stream(int maxEventBytes) {
        return new TranslatedStream(upstream, maxEventBytes);
    }
}
