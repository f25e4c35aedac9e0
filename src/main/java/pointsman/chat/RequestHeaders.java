package pointsman.chat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import pointsman.dialect.Dialect;
import pointsman.failure.Failure;
import pointsman.http.ErrorShapes;

/// The few headers of a client that mean anything to an upstream, checked. All others stay on the client's side.
final class RequestHeaders {
    /// Before it streams were of another form.
    private static final String OLDEST_VERSION = "2023-06-01";

    private static final Pattern VERSION = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final String BETA = "anthropic-beta";
    private static final Pattern BETA_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MOST_BETAS = 16;

    private RequestHeaders() {}

    /// What an upstream of the client's own dialect may see: Anthropic's version and betas. Others see neither: of
    /// what they stand for, all that cannot be translated is a field of the body, and refused by its name.
    ///
    /// @throws pointsman.failure.FailureException a [Failure.BadRequest] if they are none
    static Map<String, String> passedOn(Dialect dialect, HttpHeaders headers) {
        if (dialect != Dialect.ANTHROPIC_MESSAGES) {
            return Map.of();
        }
        var passed = new LinkedHashMap<String, String>();
        var version = Optional.ofNullable(headers.getFirst(ErrorShapes.ANTHROPIC_VERSION));
        version.ifPresent(date -> passed.put(ErrorShapes.ANTHROPIC_VERSION, checkedVersion(date)));
        var betas = betas(headers);
        if (!betas.isEmpty()) {
            passed.put(BETA, String.join(",", betas));
        }
        return passed;
    }

    private static String checkedVersion(String date) {
        if (!VERSION.matcher(date).matches() || date.compareTo(OLDEST_VERSION) < 0) {
            throw invalid("The header anthropic-version must be a date, %s or later.".formatted(OLDEST_VERSION));
        }
        return date;
    }

    private static List<String> betas(HttpHeaders headers) {
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
