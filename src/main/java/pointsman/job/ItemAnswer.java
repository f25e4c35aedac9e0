package pointsman.job;

import java.util.List;
import pointsman.failure.Failure;

/// What became of one item.
///
/// @param item its number, from 0
/// @param status 200, or the status of what went wrong
/// @param body the value or the upstream's answer as JSON; else the failure as `{"code", "message"}`
public record ItemAnswer(int item, int status, String body) {
    public static final int OK = 200;

    public boolean isGood() {
        return status == OK;
    }

    /// The same failure for every item of a question.
    public static List<ItemAnswer> failed(Question question, Failure failure) {
        return ofAll(question, failure.status(), JobFailures.json(failure));
    }

    /// The same for every item of a question.
    public static List<ItemAnswer> ofAll(Question question, int status, String body) {
        return question.groups().stream()
                .flatMap(List::stream)
                .map(item -> new ItemAnswer(item, status, body))
                .toList();
    }
}
