package pointsman.job;

import pointsman.cache.CacheSimulation;
import pointsman.cache.ProviderCache;
import pointsman.usage.Pricing;
import pointsman.usage.TokenUsage;

/// What one way of sending a tier's questions will come to.
///
/// @param requests that are sent
/// @param input tokens of prompts
/// @param cached those of them that are read from the prompt cache
/// @param written those of them that are written to it at a price of its own
/// @param output tokens of answers, as they are assumed
/// @param inputMicros what the prompts cost, in millionths of a dollar
/// @param costMicros in all, in millionths of a dollar
/// @param isPriced whether these are known; else both are 0, and no forecast of money is made
public record Forecast(
        int requests,
        long input,
        long cached,
        long written,
        long output,
        long inputMicros,
        long costMicros,
        boolean isPriced) {
    public static final Forecast NOTHING = new Forecast(0, 0, 0, 0, 0, 0, 0, true);

    /// The forecast by a provider's rule and an upstream's price.
    ///
    /// @param perAnswer tokens that one answer is taken to have
    public static Forecast of(Sending sending, ProviderCache cache, Pricing price, int lanes, int perAnswer) {
        long output = (long) perAnswer
                * sending.questions().stream()
                        .mapToInt(question -> question.groups().size())
                        .sum();
        var starts = sending.prompts().starts(lanes);
        var tally = CacheSimulation.run(cache, sending.prompts(), starts, sending.marks(starts, cache));
        var prompts = new TokenUsage(tally.input(), tally.cached(), tally.written(), 0, 0, true);
        var answers = new TokenUsage(0, 0, 0, output, 0, true);
        var inputMicros = price.cost(prompts).orElse(0);
        return new Forecast(
                sending.questions().size(),
                tally.input(),
                tally.cached(),
                tally.written(),
                output,
                inputMicros,
                inputMicros + price.cost(answers).orElse(0),
                price.isKnown());
    }

    public Forecast plus(Forecast other) {
        return new Forecast(
                requests + other.requests,
                input + other.input,
                cached + other.cached,
                written + other.written,
                output + other.output,
                inputMicros + other.inputMicros,
                costMicros + other.costMicros,
                isPriced && other.isPriced);
    }

    public Forecast minus(Forecast other) {
        return plus(other.times(-1));
    }

    /// A share of it, for a tier that only some of the rows go to.
    public Forecast times(double share) {
        return new Forecast(
                (int) Math.round(requests * share),
                Math.round(input * share),
                Math.round(cached * share),
                Math.round(written * share),
                Math.round(output * share),
                Math.round(inputMicros * share),
                Math.round(costMicros * share),
                isPriced);
    }
}
