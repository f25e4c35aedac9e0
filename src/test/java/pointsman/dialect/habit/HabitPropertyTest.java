package pointsman.dialect.habit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ReadLimits;
import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.StrictProvider;

/// What holds of every request, whoever it is for.
class HabitPropertyTest {
    private static final Map<String, List<String>> MODELS = Map.ofEntries(
            Map.entry("openai", List.of("gpt-4o", "o3", "gpt-5-mini", "gpt-5.2", "gpt-5.4", "gpt-5.5", "gpt-5.6")),
            Map.entry("azure", List.of("gpt-4.1", "o4-mini", "gpt-5.6-sol")),
            Map.entry("gemini", List.of("gemini-2.5-flash", "gemini-3.8-flash")),
            Map.entry("mistral", List.of("mistral-large-latest")),
            Map.entry("deepseek", List.of("deepseek-reasoner", "deepseek-v4-pro")),
            Map.entry("xai", List.of("grok-3-mini", "grok-4", "grok-4.3", "grok-4.6")),
            Map.entry("groq", List.of("openai/gpt-oss-120b")),
            Map.entry("together", List.of("any")),
            Map.entry("fireworks", List.of("any")),
            Map.entry("cerebras", List.of("gpt-oss-120b")),
            Map.entry("openrouter", List.of("google/gemini-3.8-flash", "openai/gpt-4o")),
            Map.entry("ollama", List.of("qwen3.8:27b", "gemma3")),
            Map.entry("lm-studio", List.of("any")),
            Map.entry("vllm", List.of("any")),
            Map.entry("llama-server", List.of("any")));

    private static final List<String> OPENAIS =
            List.of("gpt-4.1", "o3", "gpt-5", "gpt-5-pro", "gpt-5.4", "gpt-5.5", "gpt-5.6");
    private static final List<String> CLAUDES = List.of(
            "claude-3-5-haiku-20241022",
            "claude-opus-4-1",
            "claude-opus-4-5",
            "claude-sonnet-4-5",
            "claude-opus-4-6",
            "claude-sonnet-4-6",
            "claude-opus-4-7",
            "claude-opus-4-8");

    private static final HabitTable TABLE = packaged();
    private final Dialects dialects = new Dialects(new ReadLimits(64, 1_000, 1_000));

    @Property(tries = 3_000)
    void whatIsFittedIsTakenByEveryProvider(@ForAll long seed) {
        MODELS.forEach((provider, models) -> {
            var model = models.get(new Random(seed).nextInt(models.size()));
            var asked = Json.MAPPER.writeValueAsBytes(new RandomChat(seed).ask(model));
            taken(provider, TABLE.habits(provider, RequestFormat.CHAT, model), asked);
        });
    }

    /// As it comes of the translation: a client of OpenAI's dialect, and a model of Anthropic's.
    @Property(tries = 3_000)
    void whatIsTranslatedAndFittedIsTakenByAnthropic(@ForAll long seed) {
        var model = claude(seed);
        translated(UpstreamDialect.ANTHROPIC_MESSAGES, model, seed)
                .ifPresent(
                        asked -> taken("anthropic", TABLE.habits("anthropic", RequestFormat.MESSAGES, model), asked));
    }

    /// The same client, and OpenAI's responses.
    @Property(tries = 3_000)
    void whatIsTranslatedAndFittedIsTakenByOpenAisResponses(@ForAll long seed) {
        var model = OPENAIS.get(new Random(seed).nextInt(OPENAIS.size()));
        var habits = TABLE.habits("openai", RequestFormat.RESPONSES, model);
        translated(UpstreamDialect.OPENAI_RESPONSES, model, seed)
                .flatMap(asked -> fitted(habits, asked))
                .map(fitted -> Json.object(fitted.body()).orElseThrow())
                .ifPresent(request -> assertThat(StrictProvider.refusalOfResponses(request))
                        .as("%s", request)
                        .isEmpty());
    }

    @Property(tries = 3_000)
    void whatTheLookThroughTheBytesLetsPassWouldHaveStayed(@ForAll long seed) {
        MODELS.forEach((provider, models) -> {
            var model = models.get(new Random(seed).nextInt(models.size()));
            var asked = Json.MAPPER.writeValueAsBytes(new RandomChat(seed).ask(model));
            sameWithoutALook(TABLE.habits(provider, RequestFormat.CHAT, model), asked);
        });
        var model = claude(seed);
        translated(UpstreamDialect.ANTHROPIC_MESSAGES, model, seed)
                .ifPresent(asked -> sameWithoutALook(TABLE.habits("anthropic", RequestFormat.MESSAGES, model), asked));
        for (var openAis : OPENAIS) {
            translated(UpstreamDialect.OPENAI_RESPONSES, openAis, seed)
                    .ifPresent(
                            asked -> sameWithoutALook(TABLE.habits("openai", RequestFormat.RESPONSES, openAis), asked));
        }
    }

    @Property(tries = 1_000)
    void fittingTwiceChangesNothingMore(@ForAll long seed) {
        MODELS.forEach((provider, models) -> {
            var model = models.get(new Random(seed).nextInt(models.size()));
            var habits = TABLE.habits(provider, RequestFormat.CHAT, model);
            fitted(habits, Json.MAPPER.writeValueAsBytes(new RandomChat(seed).ask(model)))
                    .ifPresent(once -> {
                        var twice = habits.fit("large", once.body());

                        assertThat(twice.body()).isSameAs(once.body());
                        assertThat(twice.dropped()).isEmpty();
                    });
        });
    }

    private static String claude(long seed) {
        return CLAUDES.get(new Random(seed).nextInt(CLAUDES.size()));
    }

    private Optional<byte[]> translated(UpstreamDialect spoken, String model, long seed) {
        var asked = Json.MAPPER.writeValueAsBytes(new RandomChat(seed).ask(model));
        try {
            return Optional.of(dialects.read(Dialect.OPENAI_CHAT, asked)
                    .to("large", spoken, model, Map.of())
                    .body());
        } catch (FailureException refused) {
            assertThat(refused.failure().status()).isEqualTo(400);
            return Optional.empty();
        }
    }

    private static Optional<Habits.Fitted> fitted(Habits habits, byte[] asked) {
        try {
            return Optional.of(habits.fit("large", asked));
        } catch (FailureException refused) {
            assertThat(refused.failure()).isInstanceOf(Failure.UnsupportedByUpstream.class);
            return Optional.empty();
        }
    }

    private static void sameWithoutALook(Habits habits, byte[] asked) {
        if (new HabitScan(habits).mayConcern(asked)) {
            return;
        }
        var read = habits.read("large", asked);

        assertThat(read.body()).as(new String(asked, UTF_8)).isSameAs(asked);
        assertThat(read.dropped()).isEmpty();
    }

    private static void taken(String provider, Habits habits, byte[] asked) {
        fitted(habits, asked).ifPresent(fitted -> {
            var request = Json.object(fitted.body()).orElseThrow();

            assertThat(StrictProvider.refusal(provider, request))
                    .as("%s refuses %s", provider, request)
                    .isEmpty();
        });
    }

    private static HabitTable packaged() {
        try {
            return HabitTable.packaged();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
