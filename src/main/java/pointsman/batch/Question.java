package pointsman.batch;

import java.util.List;
import pointsman.tier.Decision;

/// One request to a model. It answers for one row; or for every row that is the same; or, where rows are packed
/// into one prompt, for one such group after the other.
///
/// @param groups rows or requests, from 0; those of one group get the same answer
/// @param body the JSON of the chat request
/// @param decision which tier answers, and why
record Question(List<List<Integer>> groups, String body, Decision decision) {
    Question {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /// How many rows or requests it answers for.
    int items() {
        return groups.stream().mapToInt(List::size).sum();
    }

    /// The same with another body.
    Question withBody(String other) {
        return new Question(groups, other, decision);
    }
}
