package pointsman.chat;

import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import pointsman.failure.Failure;

/// What a client wishes of the way its answer comes, said by headers.
///
/// @param heldWords how many words are held back until they are safe (`x-pointsman-hold`: a number or `all`)
/// @param tellsSeams whether a comment in the stream tells where another call goes on with it
///     (`x-pointsman-seam: tell`)
/// @param patience how long the client waits for all of it (`x-pointsman-timeout`, in seconds)
/// @param patienceOfSdk how long its SDK waits for a whole answer, or for a stream to begin
///     (`x-stainless-timeout`, which those of OpenAI and Anthropic for JavaScript send, in seconds)
record Wishes(int heldWords, boolean tellsSeams, Optional<Duration> patience, Optional<Duration> patienceOfSdk) {
    /// Nothing in particular.
    static final Wishes NONE = new Wishes(1, false, Optional.empty(), Optional.empty());

    private static final String HOLD = "x-pointsman-hold";
    private static final String SEAM = "x-pointsman-seam";
    private static final String TIMEOUT = "x-pointsman-timeout";
    private static final String SDK_TIMEOUT = "x-stainless-timeout";

    /// Reads them.
    ///
    /// @param usual how many words are held back if the client says nothing
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if a header of ours is none
    static Wishes of(HttpHeaders headers, int usual) {
        var hold =
                Optional.ofNullable(headers.getFirst(HOLD)).map(Wishes::words).orElse(usual);
        var seam = Optional.ofNullable(headers.getFirst(SEAM))
                .filter("tell"::equals)
                .isPresent();
        var stated = Optional.ofNullable(headers.getFirst(TIMEOUT))
                .map(text -> seconds(text).orElseThrow(() -> invalid(TIMEOUT, "must be seconds, more than 0")));
        var ofSdk = Optional.ofNullable(headers.getFirst(SDK_TIMEOUT)).flatMap(Wishes::seconds);
        return new Wishes(hold, seam, stated, ofSdk);
    }

    /// How long it waits from now on for what it is to get.
    ///
    /// @param hasBegun whether it reads a stream already, for whose end its SDK does not wait
    /// @param most what the gateway allows
    Duration limit(boolean hasBegun, Duration most) {
        return Stream.of(patience, hasBegun ? Optional.<Duration>empty() : patienceOfSdk, Optional.of(most))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElse(most);
    }

    private static int words(String text) {
        if (text.equals("all")) {
            return Integer.MAX_VALUE;
        }
        if (!text.matches("[1-9]\\d{0,5}")) {
            throw invalid(HOLD, "must be a number of words, or all");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,6}(\\.\\d{1,6})?") && Double.parseDouble(text) > 0
                ? Optional.of(Duration.ofNanos((long) (Double.parseDouble(text) * 1e9)))
                : Optional.empty();
    }

    private static RuntimeException invalid(String header, String why) {
        return new Failure.BadRequest("invalid_header", "The header %s: %s.".formatted(header, why), Optional.empty())
                .asException();
    }
}
