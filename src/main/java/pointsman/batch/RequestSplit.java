package pointsman.batch;

import java.time.Duration;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.failure.Failure;
import pointsman.fleet.Models;
import pointsman.fleet.Tier;
import pointsman.job.Scoring;
import pointsman.route.Choice;
import pointsman.route.Decision;
import pointsman.route.Grounds;
import pointsman.route.ModelNames;
import pointsman.route.OnlyOne;
import pointsman.route.Route;
import pointsman.score.PromptScorer;
import pointsman.tablejob.TableRequest;
import reactor.core.publisher.Mono;

/// Decides which upstream answers a request of a batch, as it would be decided for a single one.
///
/// @param models the names that requests may ask for
/// @param scorer reads prompts
/// @param upstreams who stands behind the tiers
record RequestSplit(ModelNames models, PromptScorer scorer, Models upstreams) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// How requests are gone through.
    Scoring scoring() {
        return new Scoring(scorer.threads());
    }

    /// @throws pointsman.failure.FailureException if nobody can answer it, or the tenant may not ask
    Mono<Grounds> decide(Tenant tenant, ModelRequest request) {
        if (request.stream()) {
            throw Failure.BadRequest.inField("stream", "A request of a batch cannot be a stream.")
                    .asException();
        }
        return request.operation() == Operation.EMBEDDINGS
                ? Mono.just(embeddings(tenant, request.model()))
                : byPolicy(request, TableRequest.policy(tenant, request.model(), models))
                        .cast(Grounds.class);
    }

    private Grounds embeddings(Tenant tenant, String model) {
        var route = models.route(model).orElseThrow(() -> new Failure.UnknownModel(model).asException());
        if (!tenant.mayCall(model)) {
            throw new Failure.ModelNotAllowed(tenant.id(), model).asException();
        }
        if (!(route instanceof Route.ToEmbeddings)) {
            throw Failure.BadRequest.inField("model", "The model '%s' makes no embeddings.".formatted(model))
                    .asException();
        }
        return new OnlyOne();
    }

    private Mono<Decision> byPolicy(ModelRequest request, TierPolicy policy) {
        var small = upstreams.of(Tier.SMALL);
        var unreadable = small.abilities().cannotRead(request.attachments());
        return switch (policy) {
            case TierPolicy.Fixed fixed -> Mono.just(fixed.decide());
            case TierPolicy.Threshold _
            when unreadable.isPresent() ->
                Mono.just(new Decision.BeyondSmall(unreadable.get().label()));
            case TierPolicy.Threshold _
            when !small.abilities().fits(request.size()) -> Mono.just(new Decision.BeyondSmall("too_long"));
            case TierPolicy.Threshold threshold ->
                scorer.score(request.textToScore(), threshold.calibration(), PATIENCE)
                        .map(threshold::decide)
                        .map(decided -> orLarge(decided, request));
        };
    }

    /// Small is not given what it cannot be asked.
    private Decision orLarge(Decision decided, ModelRequest request) {
        return decided instanceof Decision.Scored scored && scored.tier() == Tier.SMALL
                ? (Decision) new Choice(upstreams.of(Tier.SMALL), scored, upstreams.ladder(Tier.LARGE))
                        .able("", request)
                        .grounds()
                : decided;
    }
}
