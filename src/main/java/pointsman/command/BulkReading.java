package pointsman.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import pointsman.score.Reading;
import pointsman.score.RouterGraph;

/// Reads many texts on several threads, with the very code that reads one in the gateway.
public final class BulkReading {
    private static final int AT_ONCE = 64; // texts a thread gets before progress is told

    private final int threads;
    private final PrintWriter progress;

    /// @param threads texts read at once
    /// @param progress told from time to time how many texts were read, and how many a second
    public BulkReading(int threads, PrintWriter progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /// Reads the texts.
    ///
    /// @return a reading for each text, in their order
    public List<Reading> read(RouterGraph graph, List<String> texts) {
        var shown = new ScoringProgress(progress);
        var readings = new ArrayList<Reading>(texts.size());
        try (var workers = new ScoringWorkers(threads)) {
            for (var start = 0; start < texts.size(); start += AT_ONCE * threads) {
                var some = texts.subList(start, Math.min(texts.size(), start + AT_ONCE * threads));
                readings.addAll(workers.map(some, graph::read));
                shown.advance(some.size());
            }
        }
        shown.finish();
        return readings;
    }
}
