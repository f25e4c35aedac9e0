package pointsman.tablejob;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Model;
import pointsman.job.Destination;
import pointsman.job.Destinations;
import pointsman.job.Forecast;
import pointsman.job.JobPlan.Part;
import pointsman.job.Question;
import pointsman.route.Grounds;
import pointsman.tablejob.TierPlan.Order;

/// Plans a table job: which rows go to which model, in which order, in how many lanes, and what that costs
/// beside the order that was given. The price guard decides: where the order of the plan would cost more,
/// its trial included, the given one is sent.
///
/// @param destinations where rows can go
record TablePlanner(Destinations destinations) {
    /// @param parts that are stored
    /// @param forecast what they will come to
    record Planned(List<Part> parts, TableForecast forecast) {}

    /// Plans a whole job.
    ///
    /// @param decisions by row
    Planned plan(TableInput input, List<Grounds> decisions) {
        var forecast = new TableForecastBuilder(input.spec());
        var parts = new ArrayList<Part>();
        for (var model :
                destinations.ordered(decisions.stream().map(Grounds::model).toList())) {
            var rows = IntStream.range(0, decisions.size())
                    .filter(row -> decisions.get(row).model().equals(model))
                    .toArray();
            parts.addAll(parts(new RowQuestions(input, rows, decisions), forecast, 1));
        }
        return new Planned(parts, forecast.build());
    }

    /// Foresees a job of which only some rows were scored: each model gets all rows in the plan, and its
    /// share in the bill.
    ///
    /// @param shares of the rows, by the grounds on which a model gets them
    TableForecast estimate(TableInput input, Map<Grounds, Double> shares) {
        var forecast = new TableForecastBuilder(input.spec());
        var rows = IntStream.range(0, input.table().rows()).toArray();
        var byName = shares.keySet().stream().collect(Collectors.toMap(Grounds::model, Function.identity()));
        for (var model : destinations.ordered(List.copyOf(byName.keySet()))) {
            var grounds = Optional.ofNullable(byName.get(model)).orElseThrow();
            var decisions = Collections.nCopies(rows.length, grounds);
            parts(new RowQuestions(input, rows, decisions), forecast, shares.getOrDefault(grounds, 0.0));
        }
        return forecast.build();
    }

    private List<Part> parts(RowQuestions questions, TableForecastBuilder forecast, double share) {
        var spec = questions.input().spec();
        var tokens = new PromptTokens();
        var grounds = questions.decisions().get(questions.rows()[0]);
        var model = destinations.of(grounds);
        var dearest = destinations.dearest(grounds);
        var destination = destination(model, spec, spec.options().lanes(), tokens);
        var given = destination.measured(questions.given());
        var before = destination.forecast(given);
        var chosen = chosen(questions, destination, before);
        var large = destination(dearest, spec, 0, tokens);
        forecast.add(new TableForecastBuilder.Entry(
                destination,
                questions.rows().length,
                share,
                before,
                chosen,
                model.equals(dearest) ? before : large.forecast(large.measured(given.questions())),
                IntStream.of(given.prompts().sizes()).max().orElse(0)));
        return chosen.parts();
    }

    /// The plan, after a trial if the job asks for one, unless the given order is cheaper.
    private static TierPlan chosen(RowQuestions questions, Destination destination, Forecast given) {
        var options = questions.input().spec().options();
        if (!options.order().mayChange()) {
            return TierPlan.of(Order.GIVEN, destination, destination.measured(questions.distinct()));
        }
        var planned = questions.planned();
        var plan = options.trialRows() > 0
                ? tried(questions, planned, destination)
                : TierPlan.of(Order.PLANNED, destination, destination.measured(planned));
        return plan.forecast().costMicros() <= given.costMicros()
                ? plan
                : TierPlan.of(Order.GIVEN_IS_CHEAPER, destination, destination.measured(questions.distinct()));
    }

    private static TierPlan tried(RowQuestions questions, List<Question> planned, Destination destination) {
        var input = questions.input();
        var options = input.spec().options();
        int rows = input.table().rows();
        int sample = Math.ceilDiv(options.trialRows() * questions.rows().length, rows);
        var trial = Trial.of(questions.distinct(), planned, sample, rows, options.isCold());
        return trial.sampled() == 0
                ? TierPlan.of(Order.PLANNED, destination, destination.measured(planned))
                : TierPlan.of(destination, trial);
    }

    private Destination destination(Model model, TableSpec spec, int askedLanes, PromptTokens tokens) {
        return destinations.to(model, askedLanes, spec.assumedOutputTokens(), tokens);
    }
}
