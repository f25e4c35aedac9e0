package pointsman.tablejob;

import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import pointsman.job.ItemAnswer;
import tools.jackson.databind.json.JsonMapper;

/// The outcome of a [Trial], by its answers.
///
/// The plan's order of fields is used if it changes at most 2 of 100 answers beyond what the model
/// changes by itself. Answers that an upstream failed to give say nothing about an order and are left
/// out; one that is not of the form that was asked for differs from one that is. If fewer than half of
/// the rows can be compared, the given order is kept.
///
/// @param rows that were asked in both orders
/// @param compared those of them that were answered in both
/// @param agreement the share of these that say the same in both orders
/// @param agreementWithItself the share of the rows that say the same twice in the given order
/// @param isPlannedOrder whether the plan's order of fields is used
/// @param because why, in words
record TrialVerdict(
        int rows, int compared, double agreement, double agreementWithItself, boolean isPlannedOrder, String because) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double MOST_CHANGED = 0.02;

    /// @param all answers of the job so far
    /// @param rows of the table
    static TrialVerdict of(List<ItemAnswer> all, int rows, Output output) {
        var answers = all.stream().collect(Collectors.toMap(ItemAnswer::item, answer -> answer));
        int sampled = (int) answers.keySet().stream()
                .filter(item -> item < 0 && item >= Trial.plannedItem(rows - 1))
                .count();
        var byOrder = compare(answers, rows, output, Trial::plannedItem);
        var byItself = compare(answers, rows, output, row -> Trial.repeatedItem(row, rows));
        double changed = byOrder.changed() - byItself.changed();
        var isEnough = byOrder.compared() * 2 >= sampled;
        return new TrialVerdict(
                sampled,
                byOrder.compared(),
                1 - byOrder.changed(),
                1 - byItself.changed(),
                isEnough && changed <= MOST_CHANGED,
                because(isEnough, changed));
    }

    private static String because(boolean isEnough, double changed) {
        return isEnough
                ? "the order changed %.1f of 100 answers beyond what the model changes by itself; at most %.1f may change"
                        .formatted(100 * changed, 100 * MOST_CHANGED)
                : "fewer than half of the rows were answered in both orders";
    }

    /// @param compared pairs of answers
    /// @param different those of them that say something else
    private record Comparison(int compared, int different) {
        double changed() {
            return compared == 0 ? 0 : (double) different / compared;
        }
    }

    /// Holds the answers that rows keep against the answers to the same rows under other items.
    private static Comparison compare(
            Map<Integer, ItemAnswer> answers, int rows, Output output, IntUnaryOperator other) {
        int compared = 0;
        int different = 0;
        for (int row = 0; row < rows; row++) {
            var left = answers.get(row);
            var right = answers.get(other.applyAsInt(row));
            if (left != null && right != null && isTheModels(left) && isTheModels(right)) {
                compared++;
                different += isSame(output, left, right) ? 0 : 1;
            }
        }
        return new Comparison(compared, different);
    }

    private static boolean isTheModels(ItemAnswer answer) {
        return answer.isGood() || answer.status() == RowReplies.INVALID;
    }

    private static boolean isSame(Output output, ItemAnswer left, ItemAnswer right) {
        return (left.isGood() && right.isGood())
                ? Agreement.isSame(output, JSON.readTree(left.body()), JSON.readTree(right.body()))
                : left.status() == right.status();
    }
}
