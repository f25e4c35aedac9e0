package pointsman.fleet.catalogue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.util.List;
import pointsman.dialect.UpstreamDialect;

/// The providers that everybody knows, as `providers.csv` has them.
public final class Presets {
    private static final String PACKAGED = "/providers.csv";

    private Presets() {}

    /// Those in the jar.
    public static List<Preset> packaged() throws IOException {
        return Lines.read(Lines.packaged(PACKAGED), "list of providers", Presets::preset);
    }

    private static Preset preset(NamedCsvRecord row) {
        return new Preset(
                row.getField("name"),
                row.getField("baseUrl"),
                Lines.words(row.getField("dialects")).stream()
                        .map(Presets::dialect)
                        .toList(),
                Lines.words(row.getField("variables")),
                row.getField("keyHeader"),
                Lines.words(row.getField("serves")),
                Lines.words(row.getField("hosts")),
                row.getField("source"),
                Lines.month(row.getField("month")));
    }

    /// By the words of the configuration.
    private static UpstreamDialect dialect(String word) {
        return switch (word) {
            case "openai" -> UpstreamDialect.OPENAI_CHAT;
            case "openai-responses" -> UpstreamDialect.OPENAI_RESPONSES;
            case "llama-cpp" -> UpstreamDialect.LLAMA_CPP;
            case "anthropic" -> UpstreamDialect.ANTHROPIC_MESSAGES;
            default -> throw new IllegalArgumentException("no dialect '%s'".formatted(word));
        };
    }
}
