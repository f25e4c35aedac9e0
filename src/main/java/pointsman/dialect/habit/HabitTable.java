package pointsman.dialect.habit;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/// What is known of what providers take, read once.
public final class HabitTable {
    /// The packaged list.
    static final String PACKAGED = "/provider-habits.csv";

    private final List<HabitLine> lines;

    private HabitTable(List<HabitLine> lines) {
        this.lines = lines;
    }

    /// The table in the jar.
    public static HabitTable packaged() throws IOException {
        var resource = HabitTable.class.getResourceAsStream(PACKAGED);
        if (resource == null) {
            throw new IOException("the jar lacks " + PACKAGED);
        }
        return read(resource);
    }

    /// Another table of the same columns, in the place of the packaged one.
    ///
    /// @throws IllegalArgumentException if a line is none; the message names it
    public static HabitTable of(Path file) throws IOException {
        return read(Files.newInputStream(file));
    }

    private static HabitTable read(InputStream table) throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(table)) {
            return new HabitTable(rows.stream().map(HabitLine::of).toList());
        }
    }

    /// The habits of a model. Of a provider that the table does not know there are none: it gets what is
    /// asked.
    ///
    /// @param provider its name, such as `openai`
    /// @param format how requests to it are written
    /// @param model the id that it knows the model by
    public Habits habits(String provider, RequestFormat format, String model) {
        var values = new EnumMap<Habit, List<String>>(Habit.class);
        for (var line : lines) {
            if (line.isAbout(provider, format, model)) {
                var list = values.computeIfAbsent(line.habit(), _ -> new ArrayList<>());
                if (!line.habit().addsUp()) {
                    list.clear();
                }
                list.addAll(line.values());
            }
        }
        return new Habits(format, values);
    }
}
