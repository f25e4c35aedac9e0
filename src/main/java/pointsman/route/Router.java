package pointsman.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.concurrent.CompletableFuture;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.route.Decision.BeyondSmall;
import pointsman.route.Decision.Named;
import pointsman.route.Decision.Pinned;
import pointsman.score.ScoreOutcome;

/// THE DECISION: which model answers a request, and why; for single requests, those of batches, and rows of tables.
///
/// Ability comes before difficulty: small is only weighed where it can read the request and hold it. Then the tenant's
/// policy speaks, and a policy with a threshold asks for the score. Whatever fails on the way goes to large: failing
/// is towards quality.
public final class Router {
    private final ModelNames names;
    private final Models models;
    private final Scores scores;

    /// Where scores come from.
    @FunctionalInterface
    public interface Scores {
        /// The score of a text, never an error. To cancel it gives its place in the queue back.
        ///
        /// @param calibration whose pair is scored, by its name
        CompletableFuture<ScoreOutcome> of(String text, String calibration);
    }

    /// @param names that clients may ask for
    /// @param models behind the tiers
    /// @param scores of prompts
    public Router(ModelNames names, Models models, Scores scores) {
        this.names = names;
        this.models = models;
        this.scores = scores;
    }

    /// What a request asks for, if it may.
    ///
    /// @throws FailureException if there is no such model, the tenant may not call it, or it does not do what is
    ///     asked
    public Route allow(Tenant tenant, ModelRequest request) {
        var name = request.model();
        var route = names.route(name).orElseThrow(() -> new Failure.UnknownModel(name).asException());
        if (!tenant.mayCall(name)) {
            throw new Failure.ModelNotAllowed(tenant.id(), name).asException();
        }
        var makesEmbeddings = route instanceof Route.ToEmbeddings;
        if (makesEmbeddings != (request.operation() == Operation.EMBEDDINGS)) {
            throw wrongModel(name, makesEmbeddings).asException();
        }
        return route;
    }

    private static Failure wrongModel(String name, boolean makesEmbeddings) {
        return Failure.BadRequest.inField(
                "model",
                (makesEmbeddings
                                ? "The model '%s' makes embeddings and nothing else: POST /v1/embeddings."
                                : "The model '%s' makes no embeddings; GET /v1/models lists one that does, if there is one.")
                        .formatted(name));
    }

    /// Chooses the model that answers a tenant's request.
    ///
    /// @return the choice, once it is known, and never an error; to cancel it takes the prompt out of the scorer's
    ///     queue
    /// @throws FailureException as [#allow] does
    public CompletableFuture<Choice> choose(Tenant tenant, ModelRequest request) {
        return switch (allow(tenant, request)) {
            case Route.ToTier(var tier) -> completedFuture(to(new Pinned(tier, TierPolicy.By.MODEL)));
            case Route.ToModel(var tier, var model) -> completedFuture(to(new Named(tier, model)));
            case Route.ToEmbeddings _ -> completedFuture(to(new OnlyOne()));
            case Route.ByPolicy _ -> byPolicy(tenant.policy(), request);
        };
    }

    private CompletableFuture<Choice> byPolicy(TierPolicy policy, ModelRequest request) {
        return switch (policy) {
            case TierPolicy.Pinned _, TierPolicy.Named _, TierPolicy.Unproved _ ->
                completedFuture(to(Decision.foregone(policy).orElseThrow()));
            case TierPolicy.Threshold threshold -> {
                var small = models.of(Tier.SMALL).abilities();
                var unreadable = small.cannotRead(request.attachments());
                if (unreadable.isPresent()) {
                    yield completedFuture(to(new BeyondSmall(unreadable.get().label())));
                }
                if (!small.fits(request.size())) {
                    yield completedFuture(to(new BeyondSmall("too_long")));
                }
                yield scored(threshold, request.textToScore());
            }
        };
    }

    /// Whoever cancels the choice takes the text out of the scorer's queue.
    private CompletableFuture<Choice> scored(TierPolicy.Threshold policy, String text) {
        var score = scores.of(text, policy.calibration());
        var choice = score.thenApply(outcome -> to(Decision.of(policy, outcome)));
        var _ = choice.whenComplete((_, _) -> score.cancel(false));
        return choice;
    }

    /// The choice that was made on these grounds, as a job keeps them.
    ///
    /// @throws java.util.NoSuchElementException if it is the model for embeddings, and there is none
    public Choice to(Grounds grounds) {
        return switch (grounds) {
            case Decision.Scored scored
            when scored.tier() == Tier.SMALL -> new Choice(models.of(Tier.SMALL), scored, models.ladder(Tier.LARGE));
            case Named named -> new Choice(models.of(named.tier()).with(named.model()), named);
            case Decision decision -> new Choice(models.of(decision.tier()), decision);
            case OnlyOne one -> new Choice(models.embeddings().orElseThrow(), one);
        };
    }
}
