package pointsman.command;

import java.io.PrintWriter;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/// One line that says how far a job is, written over itself.
final class ProgressBar {
    private static final int WIDTH = 30;

    private final PrintWriter out;

    ProgressBar(PrintWriter out) {
        this.out = out;
    }

    void show(JsonNode view) {
        var rows = view.path("rows");
        int done = rows.path("answered").asInt() + rows.path("failed").asInt();
        int total = rows.path("total").asInt();
        int filled = total == 0 ? 0 : WIDTH * done / total;
        var realised = view.path("realised");
        double input = Math.max(1, realised.path("input_tokens").asLong());
        out.printf(
                Locale.ROOT,
                "\r%s [%s%s] %,d of %,d rows, %d failed, %.1f %% cached, %s%s   ",
                view.path("state").asString(),
                "=".repeat(filled),
                " ".repeat(WIDTH - filled),
                done,
                total,
                rows.path("failed").asInt(),
                100 * realised.path("cached_tokens").asLong() / input,
                usd(realised.path("cost_usd")),
                view.has("eta_seconds")
                        ? ", %d s left".formatted(view.path("eta_seconds").asLong())
                        : "");
        out.flush();
    }

    /// An amount of money as people read it, to the millionth of a dollar; one that is missing is none.
    static String usd(JsonNode amount) {
        return String.format(Locale.ROOT, "%.6f USD", amount.asDouble(0));
    }

    void end() {
        out.println();
        out.flush();
    }
}
