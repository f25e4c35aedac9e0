package pointsman.job;

import java.util.List;

/// A lane before it is stored.
///
/// @param upstream where all of it is sent, by its name
/// @param leader the number of the lane that must have begun before this one; its own if it may begin at
///     once
/// @param leads how many of the leader's questions must be answered by then
/// @param arm whether a trial decides if it is sent at all
/// @param questions in the order of sending; never empty
public record LanePlan(String upstream, int leader, int leads, Arm arm, List<Question> questions) {
    /// What has to be decided before a lane is sent.
    public enum Arm {
        /// Nothing.
        SENT(""),
        /// That the plan's order of fields is used.
        PLANNED("planned"),
        /// That the given order of fields is used.
        GIVEN("given");

        private final String label;

        Arm(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public LanePlan {
        questions = List.copyOf(questions);
    }

    /// The beginning that all bodies share.
    public String head() {
        var first = questions.getFirst().body();
        int shared = first.length();
        for (var question : questions) {
            shared = Math.min(shared, shared(first, question.body()));
        }
        return first.substring(0, shared);
    }

    private static int shared(String left, String right) {
        int most = Math.min(left.length(), right.length());
        int shared = 0;
        while (shared < most && left.charAt(shared) == right.charAt(shared)) {
            shared++;
        }
        return shared > 0 && Character.isHighSurrogate(left.charAt(shared - 1)) ? shared - 1 : shared;
    }
}
