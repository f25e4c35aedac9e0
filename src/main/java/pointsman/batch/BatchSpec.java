package pointsman.batch;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pointsman.job.Endpoint;
import pointsman.plan.PlanOptions.Orders;
import pointsman.tablejob.TableSpec;
import tools.jackson.databind.json.JsonMapper;

/// A batch as it was asked for.
///
/// @param inputFile the id of the file of requests
/// @param endpoint that every request is for
/// @param window in which the client wants it done
/// @param metadata the client's own words
/// @param policy of its tenant, a [PolicyText]
/// @param models that the tenant may call; empty: every one
public record BatchSpec(
        String inputFile,
        String endpoint,
        String window,
        Map<String, String> metadata,
        String policy,
        Set<String> models) {
    private static final String ORDERS = "pointsman_orders";
    private static final JsonMapper JSON = JsonMapper.shared();

    public BatchSpec {
        metadata = Map.copyOf(metadata);
        models = Set.copyOf(models);
    }

    /// What its requests ask.
    Endpoint kind() {
        return Endpoint.of(endpoint).orElseThrow();
    }

    /// How the fields of its requests may move; empty: not at all.
    ///
    /// @throws pointsman.failure.FailureException a `BadRequest` if the metadata says it in other words
    Optional<Orders> orders() {
        return Optional.ofNullable(metadata.get(ORDERS)).map(word -> TableSpec.orders(word, "metadata." + ORDERS));
    }

    String text() {
        return JSON.writeValueAsString(this);
    }

    public static BatchSpec of(String text) {
        return JSON.readValue(text, BatchSpec.class);
    }
}
