package pointsman.tablejob;

import java.util.Set;
import pointsman.job.JobKind;
import pointsman.job.store.TenantText;
import pointsman.table.TableFormat;
import tools.jackson.databind.json.JsonMapper;

/// Table jobs as the store keeps them: `{"asked", "format", "policy"}`, and the forecast as clients see it.
final class TableWorkCodec implements JobKind.Codec<TableWork> {
    private static final JsonMapper JSON = Output.JSON;

    @Override
    public JobKind.Texts write(TableWork work) {
        var request = work.request();
        var spec = JSON.createObjectNode();
        spec.set("asked", TableSpecJson.write(request.spec()));
        spec.put("format", text(request.format()));
        spec.put("policy", TenantText.of(request.tenant()));
        return new JobKind.Texts(spec.toString(), TableForecastJson.text(work.forecast()));
    }

    /// A wish that was granted is not held against limits again that may have changed since.
    @Override
    public TableWork read(JobKind.Texts texts) {
        var spec = JSON.readTree(texts.spec());
        return new TableWork(
                new TableRequest(
                        TableSpecJson.read(spec.path("asked"), Integer.MAX_VALUE),
                        format(spec.path("format").asString()),
                        TenantText.read(spec.path("policy").asString(), Set.of())),
                TableForecastJson.of(texts.forecast()));
    }

    private static String text(TableFormat format) {
        return switch (format) {
            case TableFormat.Csv(char delimiter) -> "csv" + delimiter;
            case TableFormat.JsonLines() -> "jsonl";
            case TableFormat.Parquet() -> "parquet";
        };
    }

    private static TableFormat format(String text) {
        return switch (text) {
            case "jsonl" -> new TableFormat.JsonLines();
            case "parquet" -> new TableFormat.Parquet();
            default -> new TableFormat.Csv(text.charAt("csv".length()));
        };
    }
}
