package pointsman.fleet.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Tells a waiting person how far a download is: one line redrawn on a terminal, elsewhere a line every few seconds.
final class FetchProgress implements AutoCloseable {
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration REPORT = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private final String label;
    private final long totalBytes;
    private final long startNanos = System.nanoTime();
    private final long startBytes;
    private long shownNanos = startNanos;
    private long bytes;

    /// @param startBytes already there from an earlier try
    /// @param totalBytes of the whole file, or -1 where the server does not say
    FetchProgress(PrintStream out, boolean terminal, String label, long startBytes, long totalBytes) {
        this.out = out;
        this.terminal = terminal;
        this.label = label;
        this.startBytes = startBytes;
        this.bytes = startBytes;
        this.totalBytes = totalBytes;
    }

    void advance(int read) {
        bytes += read;
        var now = System.nanoTime();
        if (now - shownNanos >= (terminal ? REDRAW : REPORT).toNanos()) {
            shownNanos = now;
            show();
        }
    }

    @Override
    public void close() {
        show();
        if (terminal) {
            out.println();
        }
    }

    private void show() {
        if (terminal) {
            out.print("\r" + line() + "   ");
            out.flush();
        } else {
            out.println(line());
        }
    }

    private String line() {
        var seconds = Math.max(1e-3, (System.nanoTime() - startNanos) / 1e9);
        var of = totalBytes < 0 ? "" : String.format(Locale.ROOT, " of %.1f", totalBytes / 1e6);
        return String.format(
                Locale.ROOT, "%s: %.1f%s MB, %.1f MB/s", label, bytes / 1e6, of, (bytes - startBytes) / 1e6 / seconds);
    }
}
