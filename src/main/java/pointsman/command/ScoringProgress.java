package pointsman.command;

import java.io.PrintWriter;
import java.util.Locale;

/// Says how far a long run has come, every few seconds and at its end.
final class ScoringProgress {
    private static final long INTERVAL_NANOS = 2_000_000_000;

    private final PrintWriter out;
    private final long start = System.nanoTime();
    private long shown = start;
    private long done;

    ScoringProgress(PrintWriter out) {
        this.out = out;
    }

    void advance(int prompts) {
        done += prompts;
        var now = System.nanoTime();
        if (now - shown >= INTERVAL_NANOS) {
            shown = now;
            show(now);
        }
    }

    void finish() {
        show(System.nanoTime());
    }

    private void show(long now) {
        var seconds = (now - start) / 1e9;
        out.println(String.format(Locale.ROOT, "%d prompts scored, %.0f a second", done, done / seconds));
        out.flush();
    }
}
