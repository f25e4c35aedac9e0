package pointsman.dialect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import pointsman.failure.Failure;
import tools.jackson.databind.JsonNode;

/// What a translation leaves out of a request, by names that tell the client: fields and parts that only advise, or
/// that nobody here knows. What asks for something is refused instead, see [Demands]; what asks for nothing, such as a
/// null, an empty list or `n: 1`, is not worth a word.
public final class Dropped {
    /// A header has to hold them all, and names of fields are the client's to choose.
    private static final int MOST = 32;

    private static final int LONGEST = 64;

    private final String upstream;
    private final Dialect dialect;
    private final Set<String> names = new LinkedHashSet<>();

    /// @param upstream the name of the one that the request is for, for failures
    /// @param dialect what the client speaks
    public Dropped(String upstream, Dialect dialect) {
        this.upstream = upstream;
        this.dialect = dialect;
    }

    public String upstream() {
        return upstream;
    }

    /// Leaves a field out.
    ///
    /// @param field where it stands in the request
    /// @throws pointsman.failure.FailureException a [Failure.UnsupportedByUpstream] if it changes what is asked
    public void field(String field, JsonNode value) {
        if (asksForNothing(field, value)) {
            return;
        }
        Demands.why(dialect, withoutNumbers(field)).ifPresent(why -> {
            throw new Failure.UnsupportedByUpstream(upstream, field, why).asException();
        });
        name(field);
    }

    /// Notes something that was left out.
    ///
    /// @param field where it stood, or what it was
    public void name(String field) {
        if (names.size() < MOST) {
            var name = withoutNumbers(field).replaceAll("[^a-zA-Z0-9_.-]", "_");
            names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
        }
    }

    /// The names of all that was left out, each once.
    public List<String> names() {
        return List.copyOf(names);
    }

    private static boolean asksForNothing(String field, JsonNode value) {
        if (value.isNull() || (value.isContainer() && value.isEmpty())) {
            return true;
        }
        if (value.isBoolean()) {
            return !value.asBoolean();
        }
        if (value.isNumber()) {
            return value.decimalValue().signum() == 0 || (field.equals("n") && value.asInt(0) == 1);
        }
        return switch (field) {
            case "modalities" -> Json.text(value).equals("[\"text\"]");
            case "verbosity", "text.verbosity" -> value.asString("").equals("medium");
            case "service_tier" -> Set.of("auto", "default").contains(value.asString(""));
            case "truncation" -> value.asString("").equals("disabled");
            default -> value.asString("-").isEmpty();
        };
    }

    private static String withoutNumbers(String field) {
        return field.replaceAll("\\[\\d+]", "");
    }
}
