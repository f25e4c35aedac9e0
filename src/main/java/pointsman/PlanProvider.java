package pointsman;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import pointsman.table.CacheRule;
import pointsman.table.Prediction;

/// A provider's prompt cache, as `plan-providers.csv` has it: data with a date, not constants.
///
/// @param name the provider
/// @param rule which beginnings count
/// @param readFactor what a cached token costs, as a share of a plain one
/// @param writeFactor what a token that is not cached yet costs, as a share of a plain one
/// @param asOf the month that the rule was read in
record PlanProvider(String name, CacheRule rule, double readFactor, double writeFactor, String asOf) {
    /// The providers of the packaged list.
    static List<PlanProvider> all() throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(resource())) {
            return rows.stream().map(PlanProvider::of).toList();
        }
    }

    private static InputStream resource() throws IOException {
        var resource = PlanProvider.class.getResourceAsStream("/plan-providers.csv");
        if (resource == null) {
            throw new IOException("the jar lacks plan-providers.csv");
        }
        return resource;
    }

    private static PlanProvider of(NamedCsvRecord row) {
        return new PlanProvider(
                row.getField("provider"),
                new CacheRule(
                        Integer.parseInt(row.getField("minimumTokens")), Integer.parseInt(row.getField("stepTokens"))),
                Double.parseDouble(row.getField("readFactor")),
                Double.parseDouble(row.getField("writeFactor")),
                row.getField("asOf"));
    }

    /// The input's price as a share of the same input without any cache. Where writing costs extra and the cache
    /// does not pay, it is better left off: the bill is then 1.
    double bill(Prediction prediction) {
        if (prediction.tokens() == 0) {
            return 1;
        }
        double fresh = prediction.tokens() - prediction.hits();
        return Math.min(1, (prediction.hits() * readFactor + fresh * writeFactor) / prediction.tokens());
    }
}
