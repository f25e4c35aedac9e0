package pointsman.batch;

import java.util.Map;
import java.util.Optional;
import pointsman.access.Tenant;
import pointsman.job.Endpoint;
import pointsman.job.FieldOrders;
import pointsman.job.JobKind;
import pointsman.plan.PlanOptions.Orders;

/// A batch as it was asked for, and what was true of its tenant then.
///
/// @param inputFile the id of the file of requests
/// @param endpoint that every request is for
/// @param window in which the client wants it done
/// @param metadata the client's own words
/// @param tenant who asks
record BatchSpec(String inputFile, Endpoint endpoint, String window, Map<String, String> metadata, Tenant tenant) {
    /// The kind of job that is a file of requests, as OpenAI's batches have it.
    static final JobKind<BatchSpec> KIND = new JobKind<>("batch", "batch", "batch_", new BatchSpecCodec());

    private static final String ORDERS = "pointsman_orders";

    BatchSpec {
        metadata = Map.copyOf(metadata);
    }

    /// How the fields of its requests may move; empty: not at all.
    ///
    /// @throws pointsman.failure.FailureException a `BadRequest` if the metadata says it in other words
    Optional<Orders> orders() {
        return Optional.ofNullable(metadata.get(ORDERS)).map(word -> FieldOrders.of(word, "metadata." + ORDERS));
    }
}
