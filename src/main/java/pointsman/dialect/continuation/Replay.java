package pointsman.dialect.continuation;

import java.util.Optional;
import pointsman.dialect.wire.Json;

/// An answer of an engine of ours that died in the middle goes on exactly where it was: the engine that
/// comes after it is asked the same again, and what it says again is swallowed while it is compared.
///
/// Why not go on from the words, or from their tokens, as ServerlessLLM's migration does? A batch of tokens
/// that is read rounds otherwise than the same tokens written one by one, and where two tokens are nearly
/// as likely the other one wins: of 28 greedy answers of SmolLM2 13 became the same that way (words and
/// tokens alike), and all of 30 by asking again. Of Gemma's it was 5 of 8, and 19 of 28: its kernels round
/// by how many tokens of a prompt were in the cache, so that even undisturbed answers differ.
///
/// It takes as long as the words took. Where they took too long, and where the engine says something else,
/// the rest is asked for.
///
/// Not thread-safe; one for an answer's text, another for its thoughts.
public final class Replay {
    private final String said;
    private int place;

    /// @param said what the client has of the answer
    public Replay(String said) {
        this.said = said;
    }

    /// Whether the engine says the same when it is asked the same: it takes the likeliest token each time, or
    /// chance begins at a number that the request names.
    ///
    /// @param body the request as it was sent
    public static boolean isExact(byte[] body) {
        return Json.object(body)
                .map(request -> {
                    var temperature = request.path("temperature");
                    var isGreedy = temperature.isNumber() && temperature.doubleValue() <= 0;
                    return (isGreedy || request.path("seed").asLong(-1) >= 0)
                            && request.path("n").asInt(1) == 1;
                })
                .orElse(false);
    }

    /// The next piece of the second answer.
    ///
    /// @return what of it is new, nothing as long as it was said before; empty if it says something else
    public Optional<String> next(String piece) {
        var known = Math.min(piece.length(), said.length() - place);
        if (!said.regionMatches(place, piece, 0, known)) {
            return Optional.empty();
        }
        place += known;
        return Optional.of(piece.substring(known));
    }

    /// Whether all was said again, so that whatever comes is new. An answer that ends before has said
    /// something else.
    public boolean isOver() {
        return place == said.length();
    }
}
