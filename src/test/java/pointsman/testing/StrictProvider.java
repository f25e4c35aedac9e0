package pointsman.testing;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A provider on a loopback port that refuses what the real one's API refuses, in its words. What it knows is
/// written down here a second time, from the same reports as the table of habits, and shares no code with it.
public final class StrictProvider implements AutoCloseable {
    private final FakeUpstream upstream = FakeUpstream.start();

    private StrictProvider(String provider) {
        guard(upstream, provider, "ok");
    }

    /// Lets a fake refuse what this provider refuses, before it does what a mode says.
    public static void guard(FakeUpstream upstream, String provider, String mode) {
        upstream.on(mode, (exchange, argument) -> {
            var refusal = exchange.call().path().endsWith("/responses")
                    ? first(StrictResponses.RULES, exchange.call().json())
                    : refusal(provider, exchange.call().json());
            if (refusal.isPresent()) {
                exchange.json(refusal.get().status(), refusal.get().body());
            } else {
                requireNonNull(Scripts.ALL.get(mode)).answer(exchange, argument);
            }
        });
    }

    /// Starts one of these.
    public static StrictProvider start(String provider) {
        return new StrictProvider(provider);
    }

    public String baseUrl() {
        return upstream.baseUrl();
    }

    @Override
    public void close() throws IOException {
        upstream.close();
    }

    /// What a provider says to a request, if it does not take it.
    public static Optional<Refusal> refusal(String provider, JsonNode request) {
        return first(rules(provider), request);
    }

    /// What OpenAI's responses say to a request, if they do not take it.
    public static Optional<Refusal> refusalOfResponses(JsonNode request) {
        return first(StrictResponses.RULES, request);
    }

    private static Optional<Refusal> first(List<StrictRule> rules, JsonNode request) {
        return rules.stream().flatMap(rule -> rule.refuses(request).stream()).findFirst();
    }

    private static List<StrictRule> rules(String provider) {
        return switch (provider) {
            case "openai", "azure" -> StrictOpenAi.RULES;
            case "anthropic" -> StrictAnthropic.RULES;
            case "gemini", "mistral", "deepseek", "xai", "groq", "cerebras", "openrouter" ->
                StrictCompatible.rules(provider);
            case "ollama", "lm-studio", "vllm", "llama-server" -> StrictServers.rules(provider);
            default -> List.of();
        };
    }
}
