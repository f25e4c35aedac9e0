package pointsman.tablejob;

import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Foresees a table job without sending or keeping anything. Where the router decides, it scores a sample
/// of the rows only, and the bill goes by their share: scoring all would take longer than a request may.
final class DryRun {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final TierSplit split;
    private final TablePlanner planner;
    private final int sample;

    /// @param sample rows that are scored at most
    DryRun(TierSplit split, TablePlanner planner, int sample) {
        this.split = split;
        this.planner = planner;
        this.sample = sample;
    }

    /// The forecast for a table.
    ObjectNode run(TableInput input, TableRequest request) throws InterruptedException {
        int rows = input.table().rows();
        var json = JSON.createObjectNode().put("object", "table_job.dry_run").put("rows", rows);
        var foregone = split.choosing().foregone(request.tenant());
        var shares = foregone.isPresent() ? Map.of(foregone.get(), 1.0) : split.shares(input, request.tenant(), sample);
        if (foregone.isEmpty() && sample < rows) {
            json.put("estimated_from_rows", sample);
        }
        json.setAll(TableForecastJson.json(planner.estimate(input, shares)));
        return json;
    }
}
