package pointsman.batch;

import java.util.Map;
import java.util.Set;
import pointsman.job.Endpoint;
import pointsman.job.JobKind;
import pointsman.job.store.TenantText;
import tools.jackson.databind.json.JsonMapper;

/// Batches as the store keeps them. They show no forecast, so they keep none.
final class BatchSpecCodec implements JobKind.Codec<BatchSpec> {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NO_FORECAST = "{}";

    /// The members by their names in the store.
    private record Stored(
            String inputFile,
            String endpoint,
            String window,
            Map<String, String> metadata,
            String policy,
            Set<String> models) {}

    @Override
    public JobKind.Texts write(BatchSpec spec) {
        var stored = new Stored(
                spec.inputFile(),
                spec.endpoint().path(),
                spec.window(),
                spec.metadata(),
                TenantText.of(spec.tenant()),
                spec.tenant().models());
        return new JobKind.Texts(JSON.writeValueAsString(stored), NO_FORECAST);
    }

    @Override
    public BatchSpec read(JobKind.Texts texts) {
        var stored = JSON.readValue(texts.spec(), Stored.class);
        return new BatchSpec(
                stored.inputFile(),
                Endpoint.of(stored.endpoint()).orElseThrow(),
                stored.window(),
                stored.metadata(),
                TenantText.read(stored.policy(), stored.models()));
    }
}
