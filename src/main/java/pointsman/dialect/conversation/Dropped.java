package pointsman.dialect.conversation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import tools.jackson.databind.JsonNode;

/// What a translation leaves out of a request, by names that tell the client: fields and parts that only
/// advise, or that nobody here knows, for they came with a release of a client that nobody has seen yet.
/// What changes what is asked is refused instead: an upstream that speaks another dialect is not asked at
/// all then, so that a rung that can may take the request. What asks for nothing, such as a null, an empty
/// list or `n: 1`, is not worth a word.
public final class Dropped {
    /// A header has to hold them all, and names of fields are the client's to choose.
    private static final int MOST = 32;

    private static final int LONGEST = 64;

    private final String upstream;
    private final Map<String, String> demands;
    private final Set<String> names = new LinkedHashSet<>();

    /// @param upstream the name of the one that the request is for, for failures
    /// @param demands the fields of the client's dialect that change what is asked, though no other dialect
    ///     has words for them, written as they are named to clients, without the numbers of list entries;
    ///     and why each is refused
    public Dropped(String upstream, Map<String, String> demands) {
        this.upstream = upstream;
        this.demands = demands;
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
        var why = demands.get(withoutNumbers(field));
        if (why != null) {
            throw new Failure.UnsupportedByUpstream(upstream, field, why).asException();
        }
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
