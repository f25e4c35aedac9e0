package pointsman.fleet.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.Capability;
import pointsman.usage.Price;

class CatalogueTest {
    private static final String HEADER =
            "provider,id,contextTokens,mostOutput,abilities,input,cachedInput,cacheWrite,hourCacheWrite,output,source,"
                    + "month\n";
    private static Catalogue packaged;

    @TempDir
    private Path directory;

    @BeforeAll
    static void read() throws IOException {
        packaged = Catalogue.packaged();
    }

    @Test
    void everyLineHasASourceAndAMonth() {
        assertThat(packaged.models()).hasSizeGreaterThan(120).allSatisfy(model -> {
            assertThat(model.source()).startsWith("https://");
            assertThat(model.month()).isBetween(YearMonth.of(2026, 7), YearMonth.of(2027, 12));
        });
    }

    @Test
    void everyProviderOfALineHasAPreset() throws IOException {
        var providers = packaged.models().stream().map(KnownModel::provider).collect(Collectors.toSet());
        providers.remove("*");

        assertThat(Presets.packaged()).extracting(Preset::name).containsAll(providers);
    }

    @Test
    void onlyWhatItsProviderGivesAwayIsFree() {
        assertThat(packaged.models())
                .filteredOn(model -> model.price()
                        .filter(price -> price.input().signum() == 0)
                        .isPresent())
                .extracting(KnownModel::id)
                .containsExactly("gemma-4-31b-it", "gemma-4-26b-a4b-it");
    }

    @Test
    void openWeightsHaveNoPriceOfTheirOwn() {
        assertThat(packaged.models())
                .filteredOn(model -> model.provider().equals("*") || model.id().equals("*"))
                .allSatisfy(model -> assertThat(model.price()).isEmpty());
    }

    @Test
    void whatTheCacheHoldsIsNeverDearerThanAFreshToken() {
        assertThat(packaged.models().stream().flatMap(model -> model.price().stream()))
                .hasSizeGreaterThan(120)
                .allSatisfy(price -> {
                    assertThat(price.cachedInput()).isLessThanOrEqualTo(price.input());
                    assertThat(price.cacheWrite()).isGreaterThanOrEqualTo(price.input());
                    assertThat(price.hourCacheWrite()).isGreaterThanOrEqualTo(price.cacheWrite());
                });
    }

    @Test
    void aNameIsFoundBeforeAPattern() {
        var dated = packaged.find("openai", "gpt-4o-2024-05-13").orElseThrow();
        var other = packaged.find("openai", "gpt-4o-2024-08-06").orElseThrow();

        assertThat(dated.id()).isEqualTo("gpt-4o-2024-05-13");
        assertThat(input(dated)).isEqualByComparingTo("5");
        assertThat(other.id()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(input(other)).isEqualByComparingTo("2.5");
    }

    @Test
    void theLongestPatternWins() throws IOException {
        var catalogue = of("p,a-*,10,,,1,,,,1,https://x,2026-11\np,a-b-*,20,,,2,,,,2,https://x,2026-11\n");

        assertThat(catalogue.find("p", "a-b-c").orElseThrow().contextTokens()).isEqualTo(20);
        assertThat(catalogue.find("p", "a-c").orElseThrow().contextTokens()).isEqualTo(10);
        assertThat(catalogue.find("p", "b")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openrouter, openai/gpt-4o, 128000",
        "openrouter, anthropic/claude-sonnet-4.5, 200000",
        "someone, claude-haiku-4-5-20251001, 200000",
        "vllm, meta-llama/Llama-3.1-8B-Instruct, 131072",
        "vllm, meta-llama/Meta-Llama-3.1-8B-Instruct, 131072",
        "vllm, Qwen/Qwen3-8B, 32768",
        "ollama, qwen3:8b, 32768",
        "ollama, llama3.2:3b, 131072",
        "ollama, gpt-oss:20b, 131072",
        "llama-server, models/gemma-4-12B-it-Q8_0.gguf, 262144",
    })
    void anotherProvidersModelIsKnownByItsFamilyButNotItsPrice(String provider, String id, int context) {
        var known = packaged.find(provider, id).orElseThrow();

        assertThat(known.provider()).isEqualTo(provider);
        assertThat(known.id()).isEqualTo(id);
        assertThat(known.contextTokens()).isEqualTo(context);
        assertThat(known.abilities()).contains(Capability.TOOLS);
        assertThat(known.price()).isEmpty();
    }

    @Test
    void whatTheServerDoesComesFromTheServerAndTheRestFromTheModel() {
        assertThat(packaged.find("openai", "gpt-4o").orElseThrow().abilities())
                .contains(Capability.IMAGE, Capability.LOGPROBS, Capability.N);
        assertThat(packaged.find("vllm", "Qwen/Qwen3-8B").orElseThrow().abilities())
                .contains(Capability.REASONING, Capability.LOGPROBS, Capability.N, Capability.JSON_SCHEMA)
                .doesNotContain(Capability.IMAGE);
    }

    @Test
    void whereNobodySaysWhatAServerDoesItIsAsked() {
        assertThat(packaged.find("my-server", "openai/gpt-4o").orElseThrow().abilities())
                .contains(Capability.IMAGE, Capability.LOGPROBS, Capability.N, Capability.JSON_SCHEMA)
                .doesNotContain(Capability.AUDIO);
    }

    @ParameterizedTest
    @CsvSource({"openai, my-typo", "vllm, my-own-finetune", "nobody, '*'", "'*', nothing", "openai, ''"})
    void nothingIsKnownOfOtherNames(String provider, String id) {
        assertThat(packaged.find(provider, id)).isEmpty();
    }

    @Test
    void whatIsNotSaidOfTheCacheCostsWhatAFreshTokenDoes() throws IOException {
        var price = of("p,m,10,5,tools n,3,,,,15,https://x,2026-11\n")
                .find("p", "m")
                .flatMap(KnownModel::price)
                .orElseThrow();

        assertThat(price).isEqualTo(new Price(dollars(3), dollars(3), dollars(3), dollars(3), dollars(15)));
    }

    @Test
    void whatIsNotSaidIsUnknown() throws IOException {
        var known = of("p,m,,,,,,,,,https://x,2026-11\n").find("p", "m").orElseThrow();

        assertThat(known.price()).isEmpty();
        assertThat(known.contextTokens()).isEqualTo(Integer.MAX_VALUE);
        assertThat(known.mostOutput()).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p,m,10,5,tool,3,,,,15,https://x,2026-11",
                "p,m,10,5,tools,3,,,,,https://x,2026-11",
                "p,m,10,5,tools,,,,,15,https://x,2026-11",
                "p,m,0,5,tools,3,,,,15,https://x,2026-11",
                "p,m,many,5,tools,3,,,,15,https://x,2026-11",
                "p,m,10,5,tools,-3,,,,15,https://x,2026-11",
                "p,m,10,5,tools,3,,,,15,https://x,2026-13",
            })
    void aLineThatIsNoneIsNamed(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("p,fine,,,,,,,,,https://x,2026-11\n" + line + "\n"))
                .withMessageContaining("line 3 of the catalogue of models");
    }

    @Test
    void twoLinesOfOneNameAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("p,m,,,,,,,,,https://x,2026-11\np,m,,,,,,,,,https://x,2026-11\n"))
                .withMessageContaining("two lines for m of p");
    }

    private Catalogue of(String lines) throws IOException {
        return Catalogue.of(Files.writeString(directory.resolve("models.csv"), HEADER + lines));
    }

    private static BigDecimal input(KnownModel model) {
        return model.price().orElseThrow().input();
    }

    private static BigDecimal dollars(int dollars) {
        return BigDecimal.valueOf(dollars);
    }
}
