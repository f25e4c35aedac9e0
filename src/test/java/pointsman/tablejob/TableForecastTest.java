package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import pointsman.job.Forecast;
import pointsman.tablejob.TrialForecast.Decided;
import pointsman.tablejob.TrialForecast.Pending;

/// What becomes of a forecast once its trial is decided; that a trial is decided once is the store's
/// promise.
class TableForecastTest {
    private static final Forecast EXTRA = new Forecast(1, 1, 1, 1, 1, 1, 1, true);
    private static final Forecast FALLBACK = new Forecast(9, 9, 9, 9, 9, 9, 9, true);
    private static final Forecast PLANNED = new Forecast(5, 5, 5, 5, 5, 5, 5, true);
    private static final Pending PENDING = new Pending(3, EXTRA, FALLBACK);

    @Test
    void whereThePlansOrderIsUsedItsForecastStays() {
        var decided = forecast().decided(PENDING, verdict(true));

        assertThat(decided.planned()).isEqualTo(PLANNED);
        assertThat(decided.trial()).isEqualTo(new Decided(verdict(true), EXTRA));
    }

    @Test
    void whereTheGivenOrderIsUsedTheForecastBecomesThatOfIt() {
        assertThat(forecast().decided(PENDING, verdict(false)).planned()).isEqualTo(FALLBACK);
    }

    private static TableForecast forecast() {
        return new TableForecast(50, List.of(), Forecast.NOTHING, PLANNED, Forecast.NOTHING, PENDING);
    }

    private static TrialVerdict verdict(boolean isPlannedOrder) {
        return new TrialVerdict(3, 3, 1, 1, isPlannedOrder, "so it is");
    }
}
