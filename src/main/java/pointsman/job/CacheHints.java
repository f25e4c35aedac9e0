package pointsman.job;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import pointsman.cache.Marks.Mark;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptText;
import tools.jackson.databind.node.ObjectNode;

/// What a lane's requests say to the provider's prompt cache. A client's own words for the same are
/// replaced: a key that it chose could be another tenant's.
///
/// @param salt a secret of this store
/// @param tenant whose job it is
/// @param jobId the job
public record CacheHints(String salt, String tenant, String jobId) {
    private static final int KEY_LENGTH = 32;
    private static final int HOUR = 3_600;
    private static final Pattern FIELD =
            Pattern.compile("^\\{\"(?:cache_salt|id_slot|prompt_cache_key)\":(?:\"[^\"]*\"|\\d+),");

    /// The questions of one lane, with the hint.
    ///
    /// @param marks of each question
    /// @param lane its number among those of its upstream
    public List<Question> hinted(List<Question> questions, List<List<Mark>> marks, ProviderCache cache, int lane) {
        return switch (cache.hint()) {
            case NONE -> questions;
            case CACHE_CONTROL -> marked(questions, marks, cache);
            case CACHE_SALT -> with(questions, "cache_salt", "\"" + key() + "\"");
            case ID_SLOT -> with(questions, "id_slot", Integer.toString(lane));
            case PROMPT_CACHE_KEY ->
                with(questions, "prompt_cache_key", "\"" + key(jobId, Integer.toString(lane)) + "\"");
        };
    }

    /// Of the tenant, and of what else is named.
    private String key(String... parts) {
        var all = Stream.concat(Stream.of(salt, tenant), Stream.of(parts)).toArray(String[]::new);
        return Ids.hash(all).substring(0, KEY_LENGTH);
    }

    private static List<Question> marked(List<Question> questions, List<List<Mark>> marks, ProviderCache cache) {
        var control = PromptText.mark(cache.ttlSeconds() >= HOUR);
        return IntStream.range(0, questions.size())
                .mapToObj(position -> marked(questions.get(position), marks.get(position), control))
                .toList();
    }

    private static Question marked(Question question, List<Mark> marks, ObjectNode control) {
        return marks.isEmpty()
                ? question
                : question.with(new Prompt.Marked(
                        question.prompt(), marks.stream().map(Mark::place).toList(), control));
    }

    /// A stored request without the field that was put before its own, for an upstream that it was not
    /// planned for.
    public static String without(String body) {
        return FIELD.matcher(body).replaceFirst("{");
    }

    private static List<Question> with(List<Question> questions, String field, String value) {
        return questions.stream()
                .map(question -> question.with(new Prompt.With(question.prompt(), field, value)))
                .toList();
    }
}
