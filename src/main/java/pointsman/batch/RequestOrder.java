package pointsman.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.batch.ShapedRequest.Shape;
import pointsman.job.Endpoint;
import pointsman.job.Question;
import pointsman.job.Sorting;
import pointsman.plan.PlanOptions;
import pointsman.plan.PlanOptions.Orders;
import pointsman.plan.Planner;
import pointsman.table.Table;
import pointsman.tokens.TokenCounter;

/// The orders in which the requests of a batch can be sent to one upstream.
///
/// While every request keeps its bytes there is nothing to search for: sorted, strings stand in a depth-first
/// order of the tree of their beginnings, and no other order shares more with the neighbour before. If the
/// client lets fields move, requests of one [Shape] are rows of a table, and the planner orders it.
final class RequestOrder {
    private final Endpoint endpoint;

    RequestOrder(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// As they were written, those that begin alike one after the other.
    List<Question> asWritten(List<Question> questions) {
        return Sorting.by(questions, this::prompt);
    }

    /// The same with the fields of every shape in the planner's order.
    List<Question> reordered(List<Question> questions, Orders orders) {
        var shapes = new LinkedHashMap<Shape, List<ShapedRequest>>();
        var blocks = new ArrayList<List<Question>>();
        for (var question : questions) {
            ShapedRequest.of(question)
                    .ifPresentOrElse(
                            request -> shapes.computeIfAbsent(request.shape(), _ -> new ArrayList<>())
                                    .add(request),
                            () -> blocks.add(List.of(question)));
        }
        shapes.values().forEach(requests -> blocks.add(planned(requests, orders)));
        return Sorting.by(blocks, block -> prompt(block.getFirst())).stream()
                .flatMap(List::stream)
                .toList();
    }

    private String prompt(Question question) {
        return endpoint.operation().prompt(endpoint.dialect(), question.body());
    }

    private static List<Question> planned(List<ShapedRequest> requests, Orders orders) {
        var names = requests.getFirst().fields().fields().stream()
                .map(FieldText.Field::name)
                .toList();
        var ordering = new Planner(TokenCounter.o200k())
                .plan(table(names, requests), PlanOptions.DEFAULT.withOrders(orders))
                .ordering();
        return IntStream.range(0, ordering.size())
                .mapToObj(position -> requests.get(ordering.row(position))
                        .inOrder(IntStream.of(ordering.fields(position))
                                .mapToObj(names::get)
                                .toList()))
                .toList();
    }

    /// A cell is a field as it is written, so that cells are equal where their bytes are.
    private static Table table(List<String> names, List<ShapedRequest> requests) {
        return Table.ofTexts(
                names,
                requests.stream().map(request -> request.fields().texts(names)).toList());
    }
}
