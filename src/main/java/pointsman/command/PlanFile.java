package pointsman.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.plan.Plan;
import tools.jackson.core.io.JsonStringEncoder;

/// The file that a plan is written to: one JSON object a line, in the order of sending.
///
/// `{"row": 17, "fields": ["style", "name"]}`: `row` counts the rows of the input from 0. The lines go to a
/// file beside it that takes its name when it is whole, so nobody ever sees half a plan; but a pipe, a
/// device or a link (such as /dev/stdout) is written to as it is.
record PlanFile(Path path) {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] BEGINNING = "{\"row\": ".getBytes(UTF_8);

    void write(Plan plan) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            writeLines(plan, path);
            return;
        }
        var whole = path.toAbsolutePath();
        var partial = whole.resolveSibling("%s.%d-%x.partial"
                .formatted(whole.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
        try {
            writeLines(plan, partial);
            move(partial, whole);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static void writeLines(Plan plan, Path file) throws IOException {
        try (var lines = new BufferedOutputStream(Files.newOutputStream(file), BUFFER_BYTES)) {
            writeLines(plan, lines);
        }
    }

    private static void writeLines(Plan plan, OutputStream lines) throws IOException {
        var ordering = plan.ordering();
        var endings = new byte[ordering.fieldOrders()][];
        for (int position = 0; position < ordering.size(); position++) {
            int order = ordering.fieldOrder(position);
            if (endings[order] == null) {
                endings[order] = ending(plan, position);
            }
            lines.write(BEGINNING);
            lines.write(Integer.toString(ordering.row(position)).getBytes(UTF_8));
            lines.write(endings[order]);
        }
    }

    private static byte[] ending(Plan plan, int position) {
        return IntStream.of(plan.ordering().fields(position))
                .mapToObj(field -> quoted(plan.fields().get(field)))
                .collect(Collectors.joining(", ", ", \"fields\": [", "]}\n"))
                .getBytes(UTF_8);
    }

    private static String quoted(String name) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsCharArray(name)) + "\"";
    }

    private static void move(Path partial, Path whole) throws IOException {
        try {
            Files.move(partial, whole, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException _) {
            Files.move(partial, whole, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
