package pointsman.plan;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import pointsman.tokens.TokenCounter;

/// How long a warm solver takes for a table of so many rows and nine columns.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PlanningBenchmark {
    @Param({"30000", "1000000"})
    int rows;

    private Cells cells = new Cells(List.of(), new int[0], 0, new int[0][], new int[0], new int[0], new int[0][]);

    /// Generates and weighs the table.
    @Setup
    public void generate() {
        cells = new CellsBuilder(GeneratedTables.reviews(rows), TokenCounter.bytes()).build(List.of(), List.of());
    }

    /// The best fixed order.
    @Benchmark
    public Ordering fixedOrder() {
        return new FixedOrder().solve(cells);
    }

    /// Judging an ordering.
    @Benchmark
    public long judge() {
        return new HitCount(cells).hits(Ordering.given(rows, cells.width()));
    }
}
