package pointsman.batch;

import java.util.List;
import pointsman.tier.Decision;
import pointsman.tier.Grounds;
import pointsman.tier.OnlyOne;
import pointsman.upstream.Upstreams;

/// One request to a model. It answers for one row; or for every row that is the same; or, where rows are packed
/// into one prompt, for one such group after the other.
///
/// @param groups rows or requests, from 0; those of one group get the same answer
/// @param body the JSON of the request
/// @param grounds which upstream answers, and why
record Question(List<List<Integer>> groups, String body, Grounds grounds) {
    Question {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /// How many rows or requests it answers for.
    int items() {
        return groups.stream().mapToInt(List::size).sum();
    }

    /// The name of the upstream that answers.
    String upstream() {
        return switch (grounds) {
            case Decision decision -> decision.tier().label();
            case OnlyOne _ -> Upstreams.EMBEDDINGS;
        };
    }

    /// The same with another body.
    Question withBody(String other) {
        return new Question(groups, other, grounds);
    }
}
