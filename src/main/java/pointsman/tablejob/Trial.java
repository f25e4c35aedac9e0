package pointsman.tablejob;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pointsman.job.Question;

/// The A/B guard of a job, before it is sent: a sample of rows that are asked in the given order of fields and in
/// the plan's, because models answer differently when fields change places (by -6 to +14 points of accuracy in
/// Liu et al. 2025, table 4).
///
/// The answers in the given order are the ones that the rows keep, so only the others are paid beside the job.
/// Where the temperature is not 0, the given order is asked twice: how much a model differs from itself must not
/// be blamed on the order. What was asked for the comparison alone has an item below 0, which no result shows:
/// `-1 - row` in the plan's order, `-1 - rows - row` for the second time in the given one.
///
/// @param asked every question of the trial: the given order, the plan's, and the given one again
/// @param kept those whose answers the rows keep
/// @param plannedRest the rows that are not in the sample, in the plan's order
/// @param givenRest the same in the given order of fields
record Trial(List<Question> asked, List<Question> kept, List<Question> plannedRest, List<Question> givenRest) {
    Trial {
        asked = List.copyOf(asked);
        kept = List.copyOf(kept);
        plannedRest = List.copyOf(plannedRest);
        givenRest = List.copyOf(givenRest);
    }

    /// Chooses a sample, evenly along the plan, among the rows whose two prompts differ.
    ///
    /// @param most rows of the sample; half of the questions at most are taken
    /// @param rows of the table
    /// @param isCold whether a model is taken to repeat itself
    /// @return a trial that asks nothing if no two prompts differ
    static Trial of(List<Question> given, List<Question> planned, int most, int rows, boolean isCold) {
        var givenByRow = given.stream().collect(Collectors.toMap(Trial::row, Function.identity()));
        var differing = planned.stream()
                .filter(question -> !given(question, givenByRow).body().equals(question.body()))
                .toList();
        int size = Math.min(differing.size(), Math.min(most, planned.size() / 2));
        var sample = IntStream.range(0, size)
                .mapToObj(place -> differing.get((int) ((long) place * differing.size() / size)))
                .toList();
        var kept = RowQuestions.sorted(
                sample.stream().map(question -> given(question, givenByRow)).toList());
        var asked = new ArrayList<>(kept);
        sample.forEach(question -> asked.add(withItem(question, plannedItem(row(question)))));
        if (!isCold) {
            kept.forEach(question -> asked.add(withItem(question, repeatedItem(row(question), rows))));
        }
        var taken = sample.stream().map(Trial::row).collect(Collectors.toSet());
        return new Trial(asked, kept, without(planned, taken), without(RowQuestions.sorted(given), taken));
    }

    int sampled() {
        return kept.size();
    }

    /// The item of a row's answer in the plan's order.
    static int plannedItem(int row) {
        return -1 - row;
    }

    /// The item of a row's second answer in the given order.
    static int repeatedItem(int row, int rows) {
        return -1 - rows - row;
    }

    private static Question withItem(Question question, int item) {
        return new Question(List.of(List.of(item)), question.prompt(), question.grounds());
    }

    private static Question given(Question question, Map<Integer, Question> givenByRow) {
        var given = givenByRow.get(row(question));
        if (given == null) {
            throw new IllegalStateException("the plan has a row that the table lacks: " + row(question));
        }
        return given;
    }

    private static int row(Question question) {
        return question.groups().getFirst().getFirst();
    }

    private static List<Question> without(List<Question> questions, Set<Integer> rows) {
        return questions.stream()
                .filter(question -> !rows.contains(row(question)))
                .toList();
    }
}
