package pointsman.cache;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A provider's prompt cache, as `cache-rules.csv` has it: data with a date, not constants.
///
/// @param name the provider
/// @param hosts where it is reached; an upstream at one of these is taken to follow the rule
/// @param scope whose prompts a prompt may repeat
/// @param rule which beginnings count
/// @param hitsFrom the request from which on a shared beginning is a hit: the 2nd, or the 3rd where a
///     provider first has to see that it is shared
/// @param prices of tokens that are read from the cache and written to it
/// @param ttlSeconds how long a beginning is kept after its last use; 0 if no time is set
/// @param hint what a request says so that the cache is used well
/// @param asOf the month that the rule was read in
public record ProviderCache(
        String name,
        List<String> hosts,
        Scope scope,
        CacheRule rule,
        int hitsFrom,
        Prices prices,
        int ttlSeconds,
        Hint hint,
        String asOf) {
    /// The packaged list.
    static final String PACKAGED = "/cache-rules.csv";

    /// What tokens of the cache cost.
    ///
    /// @param readFactor of a cached token, as a share of a plain one
    /// @param writeFactor of a token that is written to the cache, as a share of a plain one
    public record Prices(double readFactor, double writeFactor) {}

    /// Whose prompts a prompt may repeat.
    public enum Scope {
        /// Every earlier prompt.
        PREFIX,
        /// Every earlier prompt, up to where it was marked.
        EXPLICIT,
        /// The one before in the same slot.
        SLOT
    }

    /// What a request says so that the cache is used well.
    public enum Hint {
        NONE,
        /// OpenAI: requests with the same key go to the same machine.
        PROMPT_CACHE_KEY,
        /// vLLM: requests with another salt share no cache.
        CACHE_SALT,
        /// Anthropic: marks where a beginning ends that is worth keeping.
        CACHE_CONTROL,
        /// llama.cpp: the slot whose memory the prompt continues.
        ID_SLOT
    }

    /// The providers of the packaged list.
    public static List<ProviderCache> packaged() throws IOException {
        var resource = ProviderCache.class.getResourceAsStream(PACKAGED);
        if (resource == null) {
            throw new IOException("the jar lacks " + PACKAGED);
        }
        return read(resource);
    }

    /// The providers of another list of the same columns.
    ///
    /// @throws IllegalArgumentException if a line is none; the message names it
    public static List<ProviderCache> of(Path file) throws IOException {
        return read(Files.newInputStream(file));
    }

    private static List<ProviderCache> read(InputStream list) throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(list)) {
            return rows.stream().map(ProviderCache::of).toList();
        }
    }

    private static ProviderCache of(NamedCsvRecord row) {
        try {
            return new ProviderCache(
                    row.getField("name"),
                    Arrays.stream(row.getField("hosts").split(" ", -1))
                            .filter(host -> !host.isEmpty())
                            .toList(),
                    Scope.valueOf(row.getField("scope").toUpperCase(Locale.ROOT)),
                    new CacheRule(
                            Integer.parseInt(row.getField("minimumTokens")),
                            Integer.parseInt(row.getField("stepTokens"))),
                    Integer.parseInt(row.getField("hitsFrom")),
                    new Prices(
                            Double.parseDouble(row.getField("readFactor")),
                            Double.parseDouble(row.getField("writeFactor"))),
                    Integer.parseInt(row.getField("ttlSeconds")),
                    Hint.valueOf(row.getField("hint").toUpperCase(Locale.ROOT)),
                    row.getField("asOf"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "line %d of the cache rules: %s".formatted(row.getStartingLineNumber(), e.getMessage()), e);
        }
    }

    /// The same without a word in the requests.
    public ProviderCache withoutHint() {
        return new ProviderCache(name, hosts, scope, rule, hitsFrom, prices, ttlSeconds, Hint.NONE, asOf);
    }

    public double readFactor() {
        return prices.readFactor();
    }

    public double writeFactor() {
        return prices.writeFactor();
    }

    /// How many requests of a lane must be answered before others can hit what they begin with; slots
    /// share nothing.
    public int lead() {
        return scope == Scope.SLOT ? 0 : hitsFrom - 1;
    }

    /// More prompts than these must have a beginning in common for a mark after it to pay.
    public double paying() {
        return (writeFactor() - readFactor()) / (1 - readFactor());
    }

    /// The input's price as a share of the same input without any cache.
    public double bill(Prediction prediction) {
        if (prediction.tokens() == 0) {
            return 1;
        }
        long plain = prediction.tokens() - prediction.hits() - prediction.written();
        return (prediction.hits() * readFactor() + prediction.written() * writeFactor() + plain) / prediction.tokens();
    }
}
