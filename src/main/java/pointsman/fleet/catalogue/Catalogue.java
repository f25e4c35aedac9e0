package pointsman.fleet.catalogue;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import pointsman.dialect.Capability;
import pointsman.usage.Price;

/// The models that everybody knows, as `models.csv` has them: data with a source and a month, not constants.
///
/// A line of a provider is about the model as that provider serves it, and its price is nobody else's.
/// Where a provider has no line for a name, the model's family tells what it can: the lines of `*`, which
/// are open weights that many serve, or else its maker's. A provider's line for `*` says what its server
/// does with any model.
public final class Catalogue {
    private static final String PACKAGED = "/models.csv";
    private static final String ANY = "*";
    /// Whose models others serve, too.
    private static final Set<String> MAKERS = Set.of("openai", "anthropic", "gemini", "mistral", "deepseek", "xai");

    private final List<KnownModel> models;

    private Catalogue(List<KnownModel> models) {
        this.models = models;
        var names = new HashSet<String>();
        for (var model : models) {
            if (!names.add(model.provider() + " " + model.id())) {
                throw new IllegalArgumentException(
                        "the catalogue of models has two lines for %s of %s".formatted(model.id(), model.provider()));
            }
        }
    }

    /// The one in the jar.
    public static Catalogue packaged() throws IOException {
        return read(Lines.packaged(PACKAGED));
    }

    /// Another of the same columns.
    ///
    /// @throws IllegalArgumentException if a line is none; the message names it
    public static Catalogue of(Path file) throws IOException {
        return read(Files.newInputStream(file));
    }

    private static Catalogue read(InputStream list) throws IOException {
        return new Catalogue(Lines.read(list, "catalogue of models", Catalogue::model));
    }

    /// All lines.
    public List<KnownModel> models() {
        return models;
    }

    /// What is known of a model at a provider: by that provider's line for the name, by its longest pattern
    /// for it, or by the model's family, and then without a price.
    public Optional<KnownModel> find(String provider, String id) {
        return best(of(provider::equals).filter(line -> !line.id().equals(ANY)), id, Function.identity())
                .map(line -> line.named(id))
                .or(() -> family(bare(id)).map(line -> line.at(provider, id, server(provider))));
    }

    private Optional<KnownModel> family(String name) {
        return best(of(ANY::equals), name, Function.identity())
                .or(() -> best(of(MAKERS::contains), dotless(name), Catalogue::dotless));
    }

    private Set<Capability> server(String provider) {
        return of(provider::equals)
                .filter(line -> line.id().equals(ANY))
                .findFirst()
                .map(KnownModel::abilities)
                .orElseGet(KnownModel::whateverServersDo);
    }

    private Stream<KnownModel> of(Predicate<String> provider) {
        return models.stream().filter(line -> provider.test(line.provider()));
    }

    private static Optional<KnownModel> best(Stream<KnownModel> lines, String name, Function<String, String> spelling) {
        return lines.filter(line -> NamePattern.matches(spelling.apply(line.id()), name))
                .max(Comparator.comparingInt(line -> NamePattern.weight(line.id())));
    }

    /// A name without its maker's in front, and without case: `meta-llama/Llama-3.1-8B` and `llama3.1:8b`
    /// are of families that a line can name.
    private static String bare(String id) {
        var name =
                id.substring(id.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT).replace(':', '-');
        return name.startsWith("meta-") ? name.substring("meta-".length()) : name;
    }

    /// Some write `claude-sonnet-4.5` for `claude-sonnet-4-5`.
    private static String dotless(String name) {
        return name.replace('.', '-');
    }

    private static Set<Capability> capabilities(List<String> words) {
        var can = EnumSet.noneOf(Capability.class);
        words.forEach(
                word -> can.add(Capability.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'))));
        return can;
    }

    private static KnownModel model(NamedCsvRecord row) {
        var abilities = capabilities(Lines.words(row.getField("abilities")));
        return new KnownModel(
                row.getField("provider"),
                row.getField("id"),
                tokens(row.getField("contextTokens")),
                tokens(row.getField("mostOutput")),
                abilities,
                price(row, abilities),
                row.getField("source"),
                Lines.month(row.getField("month")));
    }

    /// An empty field is [Integer#MAX_VALUE].
    private static int tokens(String field) {
        int tokens = field.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(field);
        if (tokens <= 0) {
            throw new IllegalArgumentException("must be more than 0 tokens, was " + field);
        }
        return tokens;
    }

    /// Without a price for fresh tokens and for answers nothing can be counted; what the cache gives or
    /// takes in costs what a fresh token does, unless said. Vectors are no tokens.
    private static Optional<Price> price(NamedCsvRecord row, Set<Capability> abilities) {
        var input = dollars(row, "input");
        var output = dollars(row, "output")
                .or(() -> abilities.contains(Capability.EMBEDDINGS) ? Optional.of(BigDecimal.ZERO) : Optional.empty());
        if (input.isEmpty() || output.isEmpty()) {
            if (input.isPresent() || output.isPresent() != abilities.contains(Capability.EMBEDDINGS)) {
                throw new IllegalArgumentException("a price has both an input and an output");
            }
            return Optional.empty();
        }
        var cacheWrite = dollars(row, "cacheWrite").or(() -> input).orElseThrow();
        return Optional.of(new Price(
                input.orElseThrow(),
                dollars(row, "cachedInput").or(() -> input).orElseThrow(),
                cacheWrite,
                dollars(row, "hourCacheWrite").orElse(cacheWrite),
                output.orElseThrow()));
    }

    private static Optional<BigDecimal> dollars(NamedCsvRecord row, String column) {
        var field = row.getField(column);
        return field.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(field));
    }
}
