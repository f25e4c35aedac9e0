package pointsman.batch;

import java.util.ArrayList;
import java.util.List;
import pointsman.batch.RowQuestions.PlannedRow;
import pointsman.tier.Decision;

/// Makes questions of rows in the order of a plan: one for each, or, where the job asks for it, one for several
/// neighbours, which share the most.
///
/// @param input the job's table and wishes
/// @param decisions by row
record Packing(TableInput input, List<Decision> decisions) {
    List<Question> questions(List<PlannedRow> order) {
        int pack = input.spec().options().pack();
        return pack == 1 ? single(order) : packed(order, pack);
    }

    private List<Question> single(List<PlannedRow> order) {
        var prompt = new RowPrompt(input.table(), input.spec(), false);
        return order.stream()
                .map(row -> new Question(
                        List.of(row.rows()),
                        new Prompt.Row(prompt, row.rows().getFirst(), row.columns()),
                        decisions.get(row.rows().getFirst())))
                .toList();
    }

    private List<Question> packed(List<PlannedRow> order, int pack) {
        var prompt = new RowPrompt(input.table(), input.spec(), true);
        var questions = new ArrayList<Question>();
        for (int from = 0; from < order.size(); ) {
            int to = from + 1;
            while (to < order.size()
                    && to - from < pack
                    && order.get(to).order() == order.get(from).order()) {
                to++;
            }
            var groups = order.subList(from, to).stream().map(PlannedRow::rows).toList();
            var body = new Prompt.Rows(
                    prompt,
                    groups.stream().map(List::getFirst).toList(),
                    order.get(from).columns());
            questions.add(
                    new Question(groups, body, decisions.get(groups.getFirst().getFirst())));
            from = to;
        }
        return questions;
    }
}
