package pointsman.job;

import java.util.List;
import pointsman.route.Grounds;

/// One request to a model. It answers for one row; or for every row that is the same; or, where rows are
/// packed into one prompt, for one such group after the other.
///
/// @param groups rows or requests, from 0; those of one group get the same answer
/// @param prompt the request
/// @param grounds which upstream answers, and why
public record Question(List<List<Integer>> groups, Prompt prompt, Grounds grounds) {
    public Question {
        groups = groups.stream().map(List::copyOf).toList();
    }

    /// A request that is there.
    public Question(List<List<Integer>> groups, String body, Grounds grounds) {
        this(groups, new Prompt.Written(body), grounds);
    }

    /// The JSON of the request.
    public String body() {
        return prompt.body();
    }

    /// Whether its prompt asks for a list of answers, one for each group.
    public boolean isPacked() {
        return isPack(groups);
    }

    /// Whether these groups share a prompt. A pack that ended up with one group is none: it is asked like
    /// any other.
    public static boolean isPack(List<List<Integer>> groups) {
        return groups.size() > 1;
    }

    /// The name of the model that answers.
    public String upstream() {
        return grounds.model();
    }

    /// The same for another upstream than it was planned for.
    public Question under(Grounds other) {
        return new Question(groups, CacheHints.without(body()), other);
    }

    /// The same with another prompt.
    public Question with(Prompt other) {
        return new Question(groups, other, grounds);
    }
}
