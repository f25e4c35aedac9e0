package pointsman.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import pointsman.dialect.Dialect;
import pointsman.failure.Failure;

/// The few headers of a client that mean anything here, checked. All others stay on the client's side.
final class RequestHeaders {
    private static final String VERSION = "2023-06-01";
    private static final String BETA = "anthropic-beta";
    private static final Pattern BETA_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_BETAS = 16;

    private RequestHeaders() {}

    /// What a client of Anthropic's dialect asks for in `anthropic-beta`.
    ///
    /// @return its names; none for a client of another dialect
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if that is none, or another
    ///     `anthropic-version`
    ///     is asked for than the one that is spoken here. Without one it is taken for that.
    static List<String> betas(Dialect dialect, HttpHeaders headers) {
        if (dialect != Dialect.ANTHROPIC_MESSAGES) {
            return List.of();
        }
        var version = Optional.ofNullable(headers.getFirst(ErrorShapes.ANTHROPIC_VERSION));
        if (version.isPresent() && !version.get().equals(VERSION)) {
            throw invalid("The header anthropic-version must be %s.".formatted(VERSION));
        }
        var names = headers.getOrEmpty(BETA).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.size() > MOST_BETAS
                || !names.stream().allMatch(name -> BETA_NAME.matcher(name).matches())) {
            throw invalid("The header anthropic-beta must hold at most %d names of letters, digits, '.', '_' and '-'."
                    .formatted(MOST_BETAS));
        }
        return names;
    }

    private static RuntimeException invalid(String message) {
        return new Failure.BadRequest("invalid_header", message, Optional.empty()).asException();
    }
}
