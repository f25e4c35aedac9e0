package pointsman.tablejob;

import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import pointsman.job.Database;
import pointsman.job.ItemAnswer;
import pointsman.job.Job;
import pointsman.job.LanePlan.Arm;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Decides a [Trial] by its answers, once, in one transaction with the release of the lanes that waited for it.
///
/// The plan's order of fields is used if it changes at most 2 of 100 answers beyond what the model changes by
/// itself. Answers that an upstream failed to give say nothing about an order and are left out; one that is not
/// of the form that was asked for differs from one that is. If fewer than half of the rows can be compared, the
/// given order is kept.
public final class Judge {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final double MOST_CHANGED = 0.02;
    private static final int INVALID = 422;

    private final Database database;

    public Judge(Database database) {
        this.database = database;
    }

    /// Decides, if the trial of this job is over and nobody has decided yet.
    public void decide(Job job, Output output) {
        database.transact("a trial's outcome", () -> {
            if (isReady(job.id())) {
                var verdict = verdict(job, output);
                release(job, verdict.path("decision").asString().equals("planned_order") ? Arm.PLANNED : Arm.GIVEN);
                store(job, verdict);
            }
            return null;
        });
    }

    /// Whether lanes wait, and nothing else is open.
    private boolean isReady(String jobId) {
        return database.sql(
                        "select coalesce(sum(case when arm <> '' then 1 else 0 end), 0),"
                                + " coalesce(sum(case when arm = '' and answered < size then 1 else 0 end), 0)"
                                + " from lane join job on job.id = lane.job_id and job.state = 'running' where job_id = ?",
                        jobId)
                .query((row, _) -> row.getInt(1) > 0 && row.getInt(2) == 0)
                .single();
    }

    private ObjectNode verdict(Job job, Output output) {
        int rows = job.items();
        var answers = database
                .sql("select item, status, body from answer where job_id = ?", job.id())
                .query((row, _) -> new ItemAnswer(row.getInt(1), row.getInt(2), row.getString(3)))
                .stream()
                .collect(Collectors.toMap(ItemAnswer::item, answer -> answer));
        int sampled = (int) answers.keySet().stream()
                .filter(item -> item < 0 && item >= Trial.plannedItem(rows - 1))
                .count();
        var byOrder = compare(answers, rows, output, Trial::plannedItem);
        var byItself = compare(answers, rows, output, row -> Trial.repeatedItem(row, rows));
        double changed = byOrder.changed() - byItself.changed();
        var isEnough = byOrder.compared() * 2 >= sampled;
        var isSame = isEnough && changed <= MOST_CHANGED;
        var verdict = JSON.createObjectNode()
                .put("rows", sampled)
                .put("compared", byOrder.compared())
                .put("agreement", 1 - byOrder.changed())
                .put("agreement_with_itself", 1 - byItself.changed())
                .put("decision", isSame ? "planned_order" : "given_order");
        return verdict.put("because", because(isEnough, changed));
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
        return answer.isGood() || answer.status() == INVALID;
    }

    private static boolean isSame(Output output, ItemAnswer left, ItemAnswer right) {
        return (left.isGood() && right.isGood())
                ? Agreement.isSame(output, JSON.readTree(left.body()), JSON.readTree(right.body()))
                : left.status() == right.status();
    }

    /// Whoever comes second changes nothing: no lane waits any more.
    private void release(Job job, Arm winner) {
        database.sql("delete from lane where job_id = ? and arm not in ('', ?)", job.id(), winner.label())
                .update();
        database.sql("update lane set arm = '' where job_id = ?", job.id()).update();
    }

    /// The forecast becomes that of the order that is used.
    private void store(Job job, ObjectNode verdict) {
        var forecast = (ObjectNode) JSON.readTree(job.forecast());
        var guard = forecast.path("ab_guard");
        verdict.set("extra", guard.path("extra"));
        if (verdict.path("decision").asString().equals("given_order")) {
            forecast.set("planned", guard.path("planned_if_given_order"));
        }
        forecast.set("ab_guard", verdict);
        database.sql("update job set forecast = ? where id = ?", forecast.toString(), job.id())
                .update();
    }
}
