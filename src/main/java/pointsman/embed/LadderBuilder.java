package pointsman.embed;

import dev.langchain4j.model.chat.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import pointsman.route.Decision;

/// Makes a router over models of one kind.
///
/// @param <M> the models
/// @param <R> the router
public final class LadderBuilder<M, R> {
    private final Function<M, Set<Capability>> capabilities;
    private final Function<Rungs<M>, R> made;
    private final List<String> words = new ArrayList<>();
    private final List<M> models = new ArrayList<>();
    private double[] thresholds = {};
    private Consumer<Decision> told = _ -> {};

    LadderBuilder(Function<M, Set<Capability>> capabilities, Function<Rungs<M>, R> made) {
        this.capabilities = capabilities;
        this.made = made;
    }

    /// One model more, dearer and better than those before it.
    ///
    /// @param word by which the router knows it: a name of its training data, or for a guess a size such
    ///     as `8B` or a price such as `$0.6` for a million tokens
    public LadderBuilder<M, R> rung(String word, M model) {
        words.add(word);
        models.add(model);
        return this;
    }

    /// The score from which on a rung answers, in [0, 1].
    ///
    /// @param each one for all rungs, or one for each but the last
    public LadderBuilder<M, R> threshold(double... each) {
        thresholds = each.clone();
        return this;
    }

    /// Who hears of every decision, on the thread that asks and before the model is asked.
    public LadderBuilder<M, R> onDecision(Consumer<Decision> listener) {
        told = listener;
        return this;
    }

    /// The router, ready to be asked.
    ///
    /// @throws IllegalArgumentException as [PromptRouter#open] does
    /// @throws IllegalStateException as [PromptRouter#open] does
    public R build() {
        return made.apply(new Rungs<>(PromptRouter.open(words, thresholds), models, capabilities, told));
    }
}
