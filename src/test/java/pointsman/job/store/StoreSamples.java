package pointsman.job.store;

import java.util.List;
import java.util.stream.IntStream;
import pointsman.failure.Failure;
import pointsman.job.Cost;
import pointsman.job.ItemAnswer;
import pointsman.job.JobKind;
import pointsman.job.Question;
import pointsman.job.store.LaneStore.Result;
import pointsman.route.Decision;
import pointsman.usage.TokenUsage;

/// Questions and results as the tests of the store keep them.
public final class StoreSamples {
    private static final Decision DECISION = new Decision.Scored("small", "auto", 0.9, 0.8, "");

    /// Data that cannot be read.
    public static final String UNREADABLE = "{unreadable}";

    /// A kind whose data is a text: what was asked for, and behind it the forecast.
    public static final JobKind<String> KIND = new JobKind<>("table", "table job", "job_", new JobKind.Codec<>() {
        @Override
        public JobKind.Texts write(String data) {
            int end = data.indexOf('}') + 1;
            return new JobKind.Texts(data.substring(0, end), data.substring(end));
        }

        @Override
        public String read(JobKind.Texts texts) {
            if (texts.spec().equals(UNREADABLE)) {
                throw Failure.BadRequest.inField("spec", "It is of another version.")
                        .asException();
            }
            return texts.spec() + texts.forecast();
        }
    });

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
                new TokenUsage(10, 5, 0, 2, 1, false),
                new Cost(7, 6, 70),
                List.of(new ItemAnswer(item, 200, "\"yes\"")));
    }
}
