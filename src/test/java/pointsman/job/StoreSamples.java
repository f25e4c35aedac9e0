package pointsman.job;

import java.util.List;
import java.util.stream.IntStream;
import pointsman.fleet.Tier;
import pointsman.job.LaneStore.Result;
import pointsman.route.Decision;
import pointsman.usage.TokenUsage;

/// Questions and results as the tests of the store keep them.
final class StoreSamples {
    private static final Decision DECISION = new Decision.Scored(Tier.SMALL, 0.9, 0.8, "");

    private StoreSamples() {}

    static Question question(int number, int item) {
        return new Question(List.of(List.of(item)), "{\"n\": %d}".formatted(number), DECISION);
    }

    static List<Question> questions(int first, int size) {
        return IntStream.range(first, first + size)
                .mapToObj(item ->
                        new Question(List.of(List.of(item)), "{\"a 'body' with 😀\": %d}".formatted(item), DECISION))
                .toList();
    }

    static Result result(int item) {
        return new Result(
                new TokenUsage(10, 5, 0, 2, 1, false), 7, 6, 70, List.of(new ItemAnswer(item, 200, "\"yes\"")));
    }
}
