package pointsman.tablejob;

import java.util.ArrayList;
import java.util.List;
import pointsman.job.Question;
import pointsman.route.Grounds;
import pointsman.tablejob.RowQuestions.PlannedRow;

/// Makes questions of rows in the order of a plan: one for each, or, where the job asks for it, one for
/// several neighbours, which share the most.
///
/// @param input the job's table and wishes
/// @param decisions by row
record Packing(TableInput input, List<Grounds> decisions) {
    List<Question> questions(List<PlannedRow> order) {
        int most = input.spec().options().pack();
        var prompt = new RowPrompt(input.table(), input.spec());
        var questions = new ArrayList<Question>();
        for (int from = 0; from < order.size(); ) {
            int to = from + 1;
            while (to < order.size()
                    && to - from < most
                    && order.get(to).order() == order.get(from).order()) {
                to++;
            }
            var groups = order.subList(from, to).stream().map(PlannedRow::rows).toList();
            var decision = decisions.get(groups.getFirst().getFirst());
            questions.add(prompt.question(groups, order.get(from).columns(), decision));
            from = to;
        }
        return questions;
    }
}
