package pointsman.lab;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import pointsman.command.Ending;
import pointsman.fleet.catalogue.Catalogue;
import pointsman.fleet.catalogue.KnownModel;
import pointsman.usage.Price;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `catalogue`: where the packaged prices differ from another list of them.
@Command(
        name = "catalogue",
        mixinStandardHelpOptions = true,
        description = {
            "Compares the catalogue's prices with those of another list: LiteLLM's",
            "model_prices_and_context_window.json, which has dollars per token by model.",
            "What differs is printed, what was read longest ago first.",
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:compared", "1:a file cannot be used", "2:wrong arguments"})
final class CatalogueCommand implements Callable<Integer> {
    /// Their names of providers, and ours.
    private static final Map<String, String> PROVIDERS = Map.ofEntries(
            Map.entry("openai", "openai"),
            Map.entry("anthropic", "anthropic"),
            Map.entry("gemini", "gemini"),
            Map.entry("mistral", "mistral"),
            Map.entry("deepseek", "deepseek"),
            Map.entry("xai", "xai"),
            Map.entry("groq", "groq"),
            Map.entry("together_ai", "together"),
            Map.entry("fireworks_ai", "fireworks"),
            Map.entry("cerebras", "cerebras"),
            Map.entry("openrouter", "openrouter"));

    private static final int TO_MILLION = 6;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The other list, which you downloaded.")
    private Path file = Path.of("");

    @Option(names = "--catalogue", paramLabel = "CSV", description = "Default: the packaged one.")
    private @Nullable Path catalogue;

    /// A price in both lists.
    private record Pair(KnownModel ours, Price price, JsonNode theirs) {
        boolean isSame() {
            return same(price.input(), "input_cost_per_token")
                    && same(price.output(), "output_cost_per_token")
                    && same(price.cachedInput(), "cache_read_input_token_cost");
        }

        private boolean same(BigDecimal dollars, String field) {
            return !theirs.path(field).isNumber() || dollars.compareTo(million(field)) == 0;
        }

        private BigDecimal million(String field) {
            return theirs.path(field).decimalValue(BigDecimal.ZERO).movePointRight(TO_MILLION);
        }

        String line() {
            return "%s %-12s %-45s here %s / %s / %s  there %s / %s / %s  (%s)"
                    .formatted(
                            ours.month(),
                            ours.provider(),
                            ours.id(),
                            plain(price.input()),
                            plain(price.cachedInput()),
                            plain(price.output()),
                            plain(million("input_cost_per_token")),
                            plain(million("cache_read_input_token_cost")),
                            plain(million("output_cost_per_token")),
                            ours.source());
        }

        private static String plain(BigDecimal dollars) {
            return dollars.stripTrailingZeros().toPlainString();
        }
    }

    @Override
    public Integer call() {
        return Ending.of(spec, this::compare);
    }

    private void compare() throws IOException {
        var ours = catalogue == null ? Catalogue.packaged() : Catalogue.of(catalogue);
        var pairs = JsonMapper.shared().readTree(Files.readString(file)).properties().stream()
                .flatMap(entry -> pair(ours, entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Pair pair) -> pair.ours().month())
                        .thenComparing(pair -> pair.ours().provider()))
                .toList();
        var differing = pairs.stream().filter(pair -> !pair.isSame()).toList();
        var out = spec.commandLine().getOut();
        out.println("USD per million tokens: input / cached input / output");
        differing.forEach(pair -> out.println(pair.line()));
        out.printf(
                "The catalogue has %d lines. %d names are in both lists: %d with the same price, %d with another%n",
                ours.models().size(), pairs.size(), pairs.size() - differing.size(), differing.size());
        out.flush();
    }

    private static Stream<Pair> pair(Catalogue ours, String name, JsonNode theirs) {
        var theirProvider = theirs.path("litellm_provider").asString("");
        var provider = PROVIDERS.getOrDefault(theirProvider, "");
        var id = name.startsWith(theirProvider + "/") ? name.substring(theirProvider.length() + 1) : name;
        return theirs.path("input_cost_per_token").isNumber()
                ? ours.find(provider, id).stream()
                        .flatMap(known -> known.price().stream().map(price -> new Pair(known, price, theirs)))
                : Stream.empty();
    }
}
