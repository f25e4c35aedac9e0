package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.job.Forecast;
import pointsman.job.JobKind;
import pointsman.plan.PlanOptions.Orders;
import pointsman.table.TableFormat;
import pointsman.tablejob.TableForecast.CacheRuleName;
import pointsman.tablejob.TableForecast.Saving;
import pointsman.tablejob.TableForecast.TierForecast;
import pointsman.tablejob.TableSpec.Options;
import pointsman.tablejob.TableSpec.Order;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Table jobs are read from the store as they were written to it.
class TableWorkCodecTest {
    private static final JsonMapper JSON = Output.JSON;
    private static final TableWorkCodec CODEC = new TableWorkCodec();

    @Property(tries = 500)
    void aJobIsReadAsItWasWritten(@ForAll long seed) {
        var work = work(new Random(seed));

        assertThat(CODEC.read(CODEC.write(work))).isEqualTo(work);
    }

    @Test
    void whatWasAskedInFewWordsIsTheSameInAll() {
        var asked = "{\"instruction\": \"Is {a} good?\", \"output\": {\"json_schema\": {\"type\": \"object\"}}}";

        var spec = TableSpecJson.read(JSON.readTree(asked), 8);

        assertThat(TableSpecJson.read(TableSpecJson.write(spec), 8)).isEqualTo(spec);
    }

    @Test
    void beforeItIsPlannedAJobHasNoForecast() {
        var request = work(new Random(1)).request();

        var texts = CODEC.write(TableWork.unplanned(request));

        assertThat(texts.forecast()).isEmpty();
        assertThat(CODEC.read(texts).forecast()).isEqualTo(TableForecast.NONE);
    }

    @Test
    void aWishThatWasGrantedIsNotHeldAgainstLimitsThatCameLater() {
        var spec = "{\"asked\": {\"instruction\": \"Is it good?\", \"options\": {\"lanes\": 100000}},"
                + " \"format\": \"csv;\", \"policy\": \"{\\\"threshold\\\": 0.8}\"}";

        var work = CODEC.read(new JobKind.Texts(spec, ""));

        assertThat(work.spec().options().lanes()).isEqualTo(100_000);
        assertThat(work.request().format()).isEqualTo(new TableFormat.Csv(';'));
    }

    private static TableWork work(Random random) {
        var policy = random.nextBoolean()
                ? new TierPolicy.Threshold(random.nextDouble(), "pair", "drop_1%_at_90%")
                : new TierPolicy.Pinned("large");
        var formats = List.of(new TableFormat.Csv('\t'), new TableFormat.JsonLines(), new TableFormat.Parquet());
        return new TableWork(
                new TableRequest(spec(random), one(formats, random), new Tenant("acme", policy)), forecast(random));
    }

    private static TableSpec spec(Random random) {
        var temperature = one(List.of(OptionalDouble.empty(), OptionalDouble.of(0), OptionalDouble.of(0.7)), random);
        var isCold = temperature.orElse(1) == 0;
        int trialRows = random.nextInt(3);
        var order = new Order(
                one(List.of(Orders.FIXED, Orders.PER_ROW), random),
                trialRows > 0 || random.nextBoolean(),
                one(List.of(List.of(), List.of(List.of("a", "b"), List.of("c", "d"))), random));
        var options = new Options(
                order,
                isCold && random.nextBoolean(),
                trialRows > 0 ? 1 : 1 + random.nextInt(4),
                random.nextInt(9),
                random.nextBoolean() ? Long.MAX_VALUE : random.nextInt(5_000_000),
                temperature,
                random.nextInt(3),
                trialRows);
        var outputs = List.of(new Output.Text(), new Output.Choice(List.of("yes", "no")), new Output.Schema((ObjectNode)
                JSON.readTree("{\"properties\": {\"n\": {\"minimum\": 0.50}}}")));
        return new TableSpec(
                "Say {e}: \"ä\".",
                one(List.of(List.of(), List.of("a", "b", "c", "d")), random),
                "auto",
                one(outputs, random),
                options);
    }

    private static TableForecast forecast(Random random) {
        var savings = List.of(new Saving.Some("much"), new Saving.Nothing("so it is"));
        var tier = new TierForecast(
                "small",
                "tiny-1",
                random.nextInt(99),
                1 + random.nextInt(9),
                new CacheRuleName("vLLM", "2026-11"),
                cost(random),
                cost(random),
                "planned",
                one(savings, random));
        var verdict = new TrialVerdict(9, 8, random.nextDouble(), 0.5, random.nextBoolean(), "so it is");
        var trials = List.of(
                new TrialForecast.Unasked(),
                new TrialForecast.NotNeeded("so it is"),
                new TrialForecast.Pending(9, cost(random), cost(random)),
                new TrialForecast.Decided(verdict, cost(random)));
        return new TableForecast(50, List.of(tier), cost(random), cost(random), cost(random), one(trials, random));
    }

    private static Forecast cost(Random random) {
        var isPriced = random.nextInt(4) > 0;
        return new Forecast(
                random.nextInt(99),
                random.nextInt(9_999),
                random.nextInt(9_999),
                random.nextInt(9_999),
                random.nextInt(9_999),
                isPriced ? random.nextInt() : 0,
                isPriced ? random.nextInt() : 0,
                isPriced);
    }

    private static <T> T one(List<? extends T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
