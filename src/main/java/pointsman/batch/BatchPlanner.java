package pointsman.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Model;
import pointsman.job.Destination;
import pointsman.job.Destinations;
import pointsman.job.Endpoint;
import pointsman.job.Forecast;
import pointsman.job.JobPlan.Part;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Question;
import pointsman.plan.PlanOptions.Orders;

/// Plans a batch: for each upstream in which order its requests are sent, and in how many lanes. Fields
/// move only where the client lets them and the provider's rule makes it cheaper.
///
/// @param destinations where requests can go
record BatchPlanner(Destinations destinations) {
    /// Plans a whole batch.
    ///
    /// @param questions in the order of the file
    /// @param fields how fields may move; empty: not at all
    List<Part> plan(List<Question> questions, Endpoint endpoint, Optional<Orders> fields) {
        var parts = new ArrayList<Part>();
        for (var name :
                destinations.ordered(questions.stream().map(Question::upstream).toList())) {
            var its = questions.stream()
                    .filter(question -> question.upstream().equals(name))
                    .toList();
            var model = destinations.of(its.getFirst().grounds());
            parts.add(part(its, destination(model, endpoint), endpoint, fields));
        }
        return parts;
    }

    private Destination destination(Model upstream, Endpoint endpoint) {
        var destination = destinations.to(upstream, 0, 0, new PromptTokens());
        return destination.with(endpoint.hinted(destination.cache()));
    }

    private static Part part(
            List<Question> questions, Destination destination, Endpoint endpoint, Optional<Orders> fields) {
        var order = new RequestOrder(endpoint);
        var written = destination.measured(order.asWritten(questions));
        var sending = fields.filter(_ -> endpoint == Endpoint.CHAT)
                .map(orders -> destination.measured(order.reordered(questions, orders)))
                .filter(moved -> isBetter(destination.forecast(moved), destination.forecast(written)))
                .orElse(written);
        return destination.part(sending, Arm.SENT);
    }

    /// Cheaper, or of an upstream whose tokens are all the same price more from its cache.
    private static boolean isBetter(Forecast moved, Forecast written) {
        return moved.costMicros() < written.costMicros()
                || (moved.costMicros() == written.costMicros() && moved.cached() > written.cached());
    }
}
