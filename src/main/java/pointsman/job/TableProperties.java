package pointsman.job;

import static pointsman.job.Bounds.within;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `pointsman.batch.limits`, too: what tables and files may be, and what all of them may take together.
///
/// @param prompts characters of all prompts of a table job's instruction together
/// @param rows of a table, or requests of a file
/// @param columns of a table
/// @param cell bytes of one
/// @param unpacked bytes of a table once it is unpacked, whether they hold cells or not
/// @param memoryPercent of the heap, for all tables that are held at the same time and their plans
/// @param tenantPercent of that, for one tenant where there are several
@ConfigurationProperties("pointsman.batch.limits")
public record TableProperties(
        DataSize prompts,
        int rows,
        int columns,
        DataSize cell,
        DataSize unpacked,
        int memoryPercent,
        int tenantPercent) {
    public TableProperties {
        within("prompts", prompts.toBytes(), 1_024, 64L << 30);
        within("rows", rows, 1, 1_000_000);
        within("columns", columns, 1, 10_000);
        within("cell", cell.toBytes(), 16, 256L << 20);
        within("unpacked", unpacked.toBytes(), 1_024, 64L << 30);
        within("memory-percent", memoryPercent, 1, 80);
        within("tenant-percent", tenantPercent, 1, 100);
    }
}
