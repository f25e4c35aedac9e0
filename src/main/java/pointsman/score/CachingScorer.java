package pointsman.score;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Remembers scores by a digest of the text, never by the text itself. All tenants share it, because a
/// score depends on the text alone and says nothing about who sent it.
final class CachingScorer {
    private static final byte NOT_ASCII = (byte) 0xFF;

    private final Function<String, double[]> scorer;
    private final UnaryOperator<String> bounded;
    private final Cache<Digest, double[]> scores;

    /// Half a SHA-256: two texts that share it would have to be made with 2^64 tries.
    private record Digest(long high, long low) {}

    /// Starts with nothing remembered.
    ///
    /// @param scorer what scores a text that is not remembered
    /// @param bounded cuts a text to the part that its score depends on, so that giant texts cost no
    ///     giant digest
    /// @param entries how many texts' scores are kept; 0 keeps none
    CachingScorer(Function<String, double[]> scorer, UnaryOperator<String> bounded, int entries) {
        this.scorer = scorer;
        this.bounded = bounded;
        this.scores = Caffeine.newBuilder()
                .maximumSize(entries)
                .executor(Runnable::run) // evicting is cheap, and the common pool is not ours
                .build();
    }

    /// The remembered scores of a text; never computes any.
    Optional<double[]> remembered(String text) {
        return Optional.ofNullable(scores.getIfPresent(digest(text)));
    }

    double[] scores(String text) {
        return scores.get(digest(text), _ -> scorer.apply(text));
    }

    /// ASCII as it is. All else as UTF-16, because that turns a lone surrogate into U+FFFD: the tokenizer
    /// drops both, so equal digests mean equal tokens. It takes longer, and what comes before it is in no
    /// ASCII text.
    private Digest digest(String text) {
        var read = bounded.apply(text);
        var sha256 = RouterFiles.sha256();
        var isAscii = isAscii(read);
        if (!isAscii) {
            sha256.update(NOT_ASCII);
        }
        var bytes = read.getBytes(isAscii ? StandardCharsets.US_ASCII : StandardCharsets.UTF_16BE);
        var digest = ByteBuffer.wrap(sha256.digest(bytes));
        return new Digest(digest.getLong(), digest.getLong());
    }

    private static boolean isAscii(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 0x7F) {
                return false;
            }
        }
        return true;
    }
}
