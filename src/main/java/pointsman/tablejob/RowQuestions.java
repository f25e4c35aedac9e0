package pointsman.tablejob;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.job.Question;
import pointsman.job.Sorting;
import pointsman.plan.PlanOptions;
import pointsman.plan.Planner;
import pointsman.route.Grounds;
import pointsman.tokens.TokenCounter;

/// The questions about a model's rows, in each of the orders in which they can be sent.
///
/// @param input the job's table and wishes
/// @param rows of this model, ascending
/// @param decisions by row of the table
record RowQuestions(TableInput input, int[] rows, List<Grounds> decisions) {
    /// A row, or rows that are equal, at its place in the plan.
    ///
    /// @param rows the first of them is rendered
    /// @param columns in the order of sending
    /// @param order the number of that order
    record PlannedRow(List<Integer> rows, int[] columns, int order) {}

    /// As the caller has them: every row by itself.
    List<Question> given() {
        return inGivenOrder(IntStream.of(rows).mapToObj(List::of).toList());
    }

    /// The same with equal rows asked once, if the job says so.
    List<Question> distinct() {
        return inGivenOrder(groups());
    }

    /// The questions in an order in which neighbours begin alike.
    static List<Question> sorted(List<Question> questions) {
        return Sorting.by(questions, Question::body);
    }

    /// Rows and fields in the planner's order, packed if the job says so.
    List<Question> planned() {
        var groups = groups();
        var first = groups.stream().mapToInt(List::getFirst).toArray();
        var options = input.spec().options();
        var wanted = PlanOptions.DEFAULT
                .withFields(input.columnNames())
                .withOrders(options.order().fields())
                .withSets(options.order().sets());
        var ordering = new Planner(TokenCounter.o200k())
                .plan(input.table().select(first), wanted)
                .ordering();
        var order = IntStream.range(0, ordering.size())
                .mapToObj(position -> new PlannedRow(
                        groups.get(ordering.row(position)),
                        IntStream.of(ordering.fields(position))
                                .map(field -> input.columns()[field])
                                .toArray(),
                        ordering.fieldOrder(position)))
                .toList();
        return new Packing(input, decisions).questions(order);
    }

    private List<Question> inGivenOrder(List<List<Integer>> groups) {
        var prompt = new RowPrompt(input.table(), input.spec());
        return groups.stream()
                .map(group -> prompt.question(List.of(group), input.columns(), decisions.get(group.getFirst())))
                .toList();
    }

    /// Rows that are equal in every cell that is sent, the first of them first; else each row by itself.
    private List<List<Integer>> groups() {
        if (!input.spec().options().deduplicate()) {
            return IntStream.of(rows).mapToObj(List::of).toList();
        }
        var prompt = new RowPrompt(input.table(), input.spec());
        var groups = new LinkedHashMap<String, List<Integer>>();
        for (int row : rows) {
            groups.computeIfAbsent(prompt.text(row, input.columns()), _ -> new ArrayList<>())
                    .add(row);
        }
        return List.copyOf(groups.values());
    }
}
