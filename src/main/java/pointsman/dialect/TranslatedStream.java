package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import pointsman.usage.TokenUsage;

/// A stream that is translated event by event.
final class TranslatedStream extends AnswerStream {
    TranslatedStream(String upstream, int maxEventBytes) {
        super(upstream, maxEventBytes);
    }

    @Override
    public Optional<TokenUsage> usage() {
        return Optional.empty();
    }

    @Override
    public int characters() {
        return 0;
    }

    @Override
    boolean pass(byte[] event, String data, ByteArrayOutputStream out) {
        return false;
    }

    @Override
    void passComment(byte[] event, ByteArrayOutputStream out) {}

    @Override
    void close(ByteArrayOutputStream out) {}
}
