package pointsman.command;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import pointsman.score.Scorer;

/// Scores JSON lines on several threads, a handful of prompts at a time, so that memory does not grow with the file.
public final class LineScoring {
    private static final int AT_ONCE = 64; // prompts a thread gets before the next lines are read

    private final Scorer scorer;
    private final int threads;

    /// Scores with as many threads as the machine should give.
    ///
    /// @param threads prompts scored at once
    public LineScoring(Scorer scorer, int threads) {
        this.scorer = scorer;
        this.threads = threads;
    }

    /// Writes `{"id", "score"}` for each `{"id", "text"}`, in the same order; the score of a blank text is null.
    ///
    /// @param progress told from time to time how many prompts were scored, and how many a second
    /// @throws MalformedLineException at the first line that is no prompt; what was written before it is incomplete
    public void score(InputStream prompts, OutputStream scores, PrintWriter progress)
            throws IOException, MalformedLineException {
        var reader = new LineReader(prompts);
        var shown = new ScoringProgress(progress);
        try (var workers = new ScoringWorkers(threads);
                var writer = new BufferedWriter(new OutputStreamWriter(scores, StandardCharsets.UTF_8))) {
            for (var lines = next(reader); !lines.isEmpty(); lines = next(reader)) {
                write(lines, workers.map(lines, this::score), writer);
                shown.advance(lines.size());
            }
        }
        shown.finish();
    }

    private List<PromptLine> next(LineReader reader) throws IOException, MalformedLineException {
        var lines = new ArrayList<PromptLine>();
        while (lines.size() < AT_ONCE * threads) {
            var line = reader.next();
            if (line.isEmpty()) {
                break;
            }
            lines.add(PromptLine.parse(reader.number(), line.get()));
        }
        return lines;
    }

    private String score(PromptLine line) {
        return line.text().isBlank() ? "null" : Double.toString(scorer.scores(List.of(line.text()))[0]);
    }

    private static void write(List<PromptLine> lines, List<String> scores, Writer writer) throws IOException {
        for (var index = 0; index < lines.size(); index++) {
            writer.write("{\"id\":%s,\"score\":%s}\n".formatted(lines.get(index).id(), scores.get(index)));
        }
    }
}
