package pointsman.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/// What tokens of an upstream cost, in US dollars per million tokens, the unit of the providers' price lists.
///
/// @param input a fresh token of the prompt
/// @param cachedInput a token of the prompt that came from the prompt cache
/// @param cacheWrite a token of the prompt that the prompt cache took in; where that costs nothing extra, as
///     much as `input`
/// @param hourCacheWrite such a token that the prompt cache keeps for an hour; where there is no such
///     choice, as much as `cacheWrite`
/// @param output a token of the answer
public record Price(
        BigDecimal input, BigDecimal cachedInput, BigDecimal cacheWrite, BigDecimal hourCacheWrite, BigDecimal output)
        implements Pricing {
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

    /// That of what runs here: its tokens cost nothing that anybody bills.
    public static final Price FREE =
            new Price(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    public Price {
        check("input", input);
        check("cached-input", cachedInput);
        check("cache-write", cacheWrite);
        check("hour-cache-write", hourCacheWrite);
        check("output", output);
    }

    @Override
    public OptionalLong cost(TokenUsage usage) {
        return OptionalLong.of(costMicros(usage));
    }

    /// The cost of an answer in micro-dollars, rounded half up. A dollar per million tokens is a
    /// micro-dollar a token.
    public long costMicros(TokenUsage usage) {
        var fresh = usage.input() - usage.cachedInput() - usage.cacheWritten();
        return input.multiply(BigDecimal.valueOf(fresh))
                .add(cachedInput.multiply(BigDecimal.valueOf(usage.cachedInput())))
                .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheWritten() - usage.hourWritten())))
                .add(hourCacheWrite.multiply(BigDecimal.valueOf(usage.hourWritten())))
                .add(output.multiply(BigDecimal.valueOf(usage.output())))
                .setScale(0, RoundingMode.HALF_UP)
                .longValueExact();
    }

    private static void check(String name, BigDecimal dollars) {
        if (dollars.signum() < 0 || dollars.compareTo(HIGHEST) > 0) {
            throw new IllegalArgumentException(
                    "%s: must be 0 to %s dollars per million tokens, was %s".formatted(name, HIGHEST, dollars));
        }
    }
}
