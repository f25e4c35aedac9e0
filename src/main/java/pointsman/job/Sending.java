package pointsman.job;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import pointsman.cache.Marks;
import pointsman.cache.Marks.Mark;
import pointsman.cache.PromptSequence;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptText;
import pointsman.dialect.chat.PromptTokens;

/// Questions for one upstream in the order in which they are to be sent, with what that order shares.
///
/// @param upstream where they go, by its name
/// @param questions in order
/// @param prompts what they are to a prompt cache
public record Sending(String upstream, List<Question> questions, PromptSequence prompts) {
    public Sending {
        questions = List.copyOf(questions);
    }

    /// Measures questions in their order.
    public static Sending of(String upstream, List<Question> questions, ProviderCache cache, PromptTokens tokens) {
        var bodies = questions.stream()
                .<Supplier<String>>map(question -> question::body)
                .toList();
        return new Sending(upstream, questions, PromptSequence.of(bodies, cache.rule(), tokens));
    }

    /// What each question marks for the cache, by position, if its requests have to.
    ///
    /// @param starts where each lane begins
    List<List<Mark>> marks(int[] starts, ProviderCache cache) {
        return cache.hint() == ProviderCache.Hint.CACHE_CONTROL
                ? Marks.of(
                        questions.stream()
                                .map(question -> PromptText.of(question.body()))
                                .toList(),
                        starts,
                        cache,
                        new PromptTokens())
                : Collections.nCopies(questions.size(), List.of());
    }
}
