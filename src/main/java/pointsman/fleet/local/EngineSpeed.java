package pointsman.fleet.local;

import java.util.OptionalDouble;

/// How fast an engine works and how many requests wait in it, as its `/metrics` page says in Prometheus's text format.
record EngineSpeed(double promptTokensPerSecond, double generatedTokensPerSecond, double queue) {
    static final EngineSpeed NONE = new EngineSpeed(0, 0, 0);

    /// The speeds since the page was last read; an engine that has done nothing since keeps its earlier ones.
    EngineSpeed updated(String page) {
        return new EngineSpeed(
                positiveOr(promptTokensPerSecond, value(page, "llamacpp:prompt_tokens_seconds ")),
                positiveOr(generatedTokensPerSecond, value(page, "llamacpp:predicted_tokens_seconds ")),
                value(page, "llamacpp:requests_deferred ").orElse(0));
    }

    private static double positiveOr(double earlier, OptionalDouble value) {
        return value.orElse(0) > 0 ? value.getAsDouble() : earlier;
    }

    private static OptionalDouble value(String page, String name) {
        return page.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> parse(line.substring(name.length())))
                .findFirst();
    }

    private static double parse(String number) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException _) {
            return 0;
        }
    }
}
