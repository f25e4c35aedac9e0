package pointsman.tablejob;

import java.util.Locale;
import pointsman.cache.ProviderCache;
import pointsman.job.Forecast;
import pointsman.tablejob.TableForecast.Saving;

/// Says what an order saves, and where there is nothing to be saved, why.
final class SavingWords {
    private SavingWords() {}

    static Saving of(TableForecastBuilder.Entry entry) {
        var given = entry.given();
        var planned = entry.plan().forecast();
        if (planned.requests() < given.requests()) {
            return new Saving.Some(String.format(
                    Locale.ROOT,
                    "%,d instead of %,d requests with %.1f %% fewer prompt tokens",
                    planned.requests(),
                    given.requests(),
                    100 - percent(planned.input(), given.input())));
        }
        if (planned.cached() > given.cached()) {
            return new Saving.Some(String.format(
                    Locale.ROOT,
                    "%.1f %% instead of %.1f %% of the prompt tokens come from the cache",
                    percent(planned.cached(), planned.input()),
                    percent(given.cached(), given.input())));
        }
        return new Saving.Nothing(why(entry, planned));
    }

    private static String why(TableForecastBuilder.Entry entry, Forecast planned) {
        var cache = entry.destination().cache();
        if (cache.name().equals("none")) {
            return "no cache rule is known for this upstream; name one in pointsman.batch.providers.%s"
                    .formatted(entry.destination().upstream().name());
        }
        if (entry.longestPrompt() < cache.rule().minimumTokens()) {
            return tooShort(entry.longestPrompt(), cache);
        }
        if (planned.cached() == 0) {
            return String.format(
                    Locale.ROOT,
                    "in no order two prompts begin alike for the %d tokens from which on '%s' caches",
                    cache.rule().minimumTokens(),
                    cache.name());
        }
        return switch (entry.plan().order()) {
            case GIVEN_IS_CHEAPER -> "the planned order would cost more under this rule, so the given order is sent";
            case GIVEN -> "options.reorder is false, so the given order is sent";
            case PLANNED, TRIED -> "the rows share no more in any order than in the given one";
        };
    }

    private static String tooShort(int longestPrompt, ProviderCache cache) {
        return String.format(
                Locale.ROOT,
                "the longest prompt has %d tokens, and '%s' caches from %d tokens on, so the order does not matter; a"
                        + " longer shared instruction would, and options.pack sends shared fields once for several rows",
                longestPrompt,
                cache.name(),
                cache.rule().minimumTokens());
    }

    private static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}
