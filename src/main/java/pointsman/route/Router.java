package pointsman.route;

import static java.util.concurrent.CompletableFuture.completedFuture;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pointsman.access.RoutesProperties;
import pointsman.access.Tenant;
import pointsman.access.TierPolicy;
import pointsman.dialect.ModelRequest;
import pointsman.dialect.Operation;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.fleet.Model;
import pointsman.fleet.Models;
import pointsman.route.Decision.Beyond;
import pointsman.route.Decision.Pinned;
import pointsman.route.Decision.Scored;
import pointsman.route.Decision.Unpromised;
import pointsman.score.ScoreOutcome;
import pointsman.usage.Pricing;

/// THE DECISION: which model answers a request, and why; for single requests, those of batches, and
/// rows of tables.
///
/// Ability comes before difficulty: of a ladder's rungs only those are weighed that can read the
/// request, hold it, and do what it demands. Then the policy speaks, and one with thresholds asks
/// for the scores, all of them from one reading of the prompt. Of the rungs that are good enough
/// the one answers that this call costs least at. Whatever fails on the way goes to the last rung:
/// failing is towards quality.
public final class Router {
    private final ModelNames names;
    private final Models models;
    private final Routes routes;
    private final Scores scores;

    /// Where scores come from.
    @FunctionalInterface
    public interface Scores {
        /// The scores of a text, never an error. To cancel it gives its place in the queue back.
        ///
        /// @param ladder whose rungs are scored, by its name
        CompletableFuture<ScoreOutcome> of(String text, String ladder);
    }

    /// @param names that clients may ask for
    /// @param models behind the gateway
    /// @param routes between whose rungs is chosen
    /// @param scores of prompts
    public Router(ModelNames names, Models models, Routes routes, Scores scores) {
        this.names = names;
        this.models = models;
        this.routes = routes;
        this.scores = scores;
    }

    /// What a request asks for, if it may.
    ///
    /// @throws FailureException if there is no such model, the tenant may not call it, or it does not do
    ///     what is asked
    public Route allow(Tenant tenant, ModelRequest request) {
        var name = request.model();
        var route = open(tenant, name);
        requireOperation(name, route, request.operation());
        return switch (route) {
            case Route.ToLadder(var ladder) -> new Route.ToLadder(of(tenant, ladder));
            case Route.ToModel(var model) -> tenant.isLocalOnly() ? new Route.ToModel(here(tenant, model)) : route;
        };
    }

    private Route open(Tenant tenant, String name) {
        var route = names.route(name).orElseThrow(() -> unknown(name).asException());
        if (!tenant.mayCall(name)) {
            throw new Failure.ModelNotAllowed(tenant.id(), name).asException();
        }
        return route;
    }

    /// The model that a name stands for, where there is nothing to choose: of images and sound no
    /// scores are known.
    ///
    /// @throws FailureException if there is no such model, it is a route, or the tenant may not
    ///     call it
    public Choice called(Tenant tenant, String name) {
        return switch (open(tenant, name)) {
            case Route.ToModel(var model) -> named(tenant, tenant.isLocalOnly() ? here(tenant, model) : model);
            case Route.ToLadder _ -> throw (names.isImplied(name) ? unknown(name) : noModel(name)).asException();
        };
    }

    private static Failure noModel(String name) {
        return Failure.BadRequest.inField(
                "model",
                "'%s' is a route, and nothing is chosen here: name a model, such as provider/model.".formatted(name));
    }

    private Failure unknown(String name) {
        return names.refusal(name)
                .<Failure>map(pattern -> new Failure.Refused(
                        404,
                        "model_not_found",
                        "The model '%s' is refused here: pointsman.names says so of '%s'.".formatted(name, pattern)))
                .orElseGet(() -> new Failure.UnknownModel(name));
    }

    private void requireOperation(String name, Route route, Operation operation) {
        var isEmbedder =
                route instanceof Route.ToModel(var model) && model.name().equals(Models.EMBEDDINGS);
        var isRung = switch (route) {
            case Route.ToLadder _ -> true;
            case Route.ToModel(var model) -> routes.haveRung(model.name());
        };
        if (operation == Operation.EMBEDDINGS ? isRung : isEmbedder) {
            throw wrongModel(name, isEmbedder).asException();
        }
    }

    private static Failure wrongModel(String name, boolean makesEmbeddings) {
        return Failure.BadRequest.inField(
                "model",
                (makesEmbeddings
                                ? "The model '%s' makes embeddings and nothing else: POST /v1/embeddings."
                                : "The model '%s' makes no embeddings; GET /v1/models lists one that does, if there is one.")
                        .formatted(name));
    }

    /// A tenant's own ladder where it asks for `auto`, and only what of it is on this machine if it stays
    /// there.
    private Ladder of(Tenant tenant, Ladder asked) {
        var its = asked.name().equals(RoutesProperties.AUTO)
                ? routes.named(tenant.route()).orElse(asked)
                : asked;
        return tenant.isLocalOnly() ? its.closed() : its;
    }

    private static Model here(Tenant tenant, Model model) {
        return model.here()
                .orElseThrow(() -> new Failure.Refused(
                                403,
                                "local_only",
                                "Tenant '%s' is local-only, and the model '%s' is not on this machine."
                                        .formatted(tenant.id(), model.name()))
                        .asException());
    }

    /// Chooses the model that answers a tenant's request.
    ///
    /// @return the choice, once it is known, and never an error; to cancel it takes the prompt out of the
    ///     scorer's queue
    /// @throws FailureException as [#allow] does, or if no rung can be asked what the request asks
    public CompletableFuture<Choice> choose(Tenant tenant, ModelRequest request) {
        var route = allow(tenant, request);
        request.keptElsewhere().ifPresent(field -> Keepers.requireOne(request.model(), route, field));
        return switch (route) {
            case Route.ToModel(var model)
            when request.keptElsewhere().isPresent() -> completedFuture(alone(named(tenant, model)));
            case Route.ToModel(var model) -> completedFuture(named(tenant, model));
            case Route.ToLadder(var ladder) -> climb(ladder, tenant.ownPolicy().orElse(ladder.policy()), request);
        };
    }

    private static Choice alone(Choice choice) {
        return new Choice(choice.model(), choice.grounds(), List.of(), choice.otherwise());
    }

    private Choice named(Tenant tenant, Model model) {
        var grounds = model.name().equals(Models.EMBEDDINGS)
                ? new OnlyOne(model.name())
                : new Pinned(model.name(), TierPolicy.By.MODEL);
        return new Choice(model, grounds, fallbacks(model, tenant.isLocalOnly()), otherwise(routes.auto(), model));
    }

    private List<Model> fallbacks(Model model, boolean isLocalOnly) {
        return model.fallbacks().stream()
                .flatMap(name -> models.named(name).stream())
                .flatMap(each -> isLocalOnly ? each.here().stream() : Stream.of(each))
                .toList();
    }

    private CompletableFuture<Choice> climb(Ladder ladder, TierPolicy policy, ModelRequest request) {
        return switch (policy) {
            case TierPolicy.Pinned(var name, var by) -> {
                var model = pinned(ladder, name);
                yield completedFuture(new Choice(
                        model,
                        new Pinned(model.name(), by),
                        fallbacks(model, ladder.isLocalOnly()),
                        otherwise(ladder, model)));
            }
            case TierPolicy.Unproved(var promise) ->
                completedFuture(last(ladder, new Unpromised(ladder.last().name(), promise)));
            case TierPolicy.Threshold threshold -> byScore(ladder, threshold, request);
        };
    }

    private Model pinned(Ladder ladder, String name) {
        return ladder.rung(name)
                .or(() -> models.named(name))
                .or(() -> models.served(name))
                .flatMap(model -> ladder.isLocalOnly() ? model.here() : Optional.of(model))
                .orElseThrow(() -> new Failure.UnknownModel(name).asException());
    }

    private CompletableFuture<Choice> byScore(Ladder ladder, TierPolicy.Threshold policy, ModelRequest request) {
        var able = able(ladder, request);
        if (able.isEmpty()) {
            throw nobodyCan(ladder, request);
        }
        if (able.size() == 1) {
            return completedFuture(chosen(ladder, able, able.getFirst(), alone(ladder, able.getFirst(), request)));
        }
        var score = scores.of(request.textToScore(), scoredAs(ladder, policy));
        var climb = new Climb(
                ladder.name(), ladder.rungs().stream().map(Model::name).toList(), ladder.places(), policy);
        var choice = score.thenApply(outcome -> climbed(ladder, able, climb, outcome, request));
        // Whoever cancels the choice takes the text out of the scorer's queue.
        var _ = choice.whenComplete((_, _) -> score.cancel(false));
        return choice;
    }

    /// The places of the rungs that can be asked this.
    private static List<Integer> able(Ladder ladder, ModelRequest request) {
        var able = new ArrayList<Integer>();
        for (var place = 0; place < ladder.rungs().size(); place++) {
            if (rung(ladder, place).lacks(request).isEmpty()) {
                able.add(place);
            }
        }
        return Keepers.readers(ladder, able, request);
    }

    private static Grounds alone(Ladder ladder, int place, ModelRequest request) {
        var model = rung(ladder, place).name();
        return ladder.rungs().stream()
                .flatMap(rung -> rung.lacks(request).stream())
                .findFirst()
                .<Grounds>map(what -> new Beyond(model, what))
                .orElseGet(() -> new OnlyOne(model));
    }

    private static FailureException nobodyCan(Ladder ladder, ModelRequest request) {
        var lacks = ladder.rungs().stream()
                .map(rung ->
                        "'%s': %s".formatted(rung.name(), rung.lacks(request).orElse("")))
                .collect(Collectors.joining(", "));
        return new Failure.BadRequest(
                        "no_model_can",
                        "No model of the route '%s' can answer this. What each lacks: %s."
                                .formatted(ladder.name(), lacks),
                        Optional.empty())
                .asException();
    }

    /// A target of one request may be of a calibration that is about other rungs than the route's.
    private static void requireScores(Ladder ladder, List<Integer> able, List<Double> values) {
        if (ladder.places().get(able.get(able.size() - 2)) >= values.size()) {
            throw new Failure.BadRequest(
                            "target_of_other_models",
                            "The route '%s' has more rungs than the calibration of this target knows."
                                    .formatted(ladder.name()),
                            Optional.empty())
                    .asException();
        }
    }

    /// By which name a ladder's rungs are scored: the policy's calibration, else the one of the
    /// route's own policy, else the ladder's.
    private static String scoredAs(Ladder ladder, TierPolicy.Threshold policy) {
        var routes = ladder.policy() instanceof TierPolicy.Threshold usual ? usual.calibration() : "";
        return Stream.of(policy.calibration(), routes, ladder.scores())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static Choice climbed(
            Ladder ladder, List<Integer> able, Climb climb, ScoreOutcome outcome, ModelRequest request) {
        if (outcome instanceof ScoreOutcome.Scored(var values)) {
            requireScores(ladder, able, values);
        }
        var grounds = climb.decide(
                outcome,
                able,
                (cheaper, dearer) -> ExpectedCost.isAtMost(rung(ladder, cheaper), rung(ladder, dearer), request));
        return chosen(ladder, able, climb.rungs().indexOf(grounds.model()), grounds)
                .with(climb.scores(outcome));
    }

    /// A rung, in whose place dearer ones may answer, and then the route's fallbacks.
    private static Choice chosen(Ladder ladder, List<Integer> able, int place, Grounds grounds) {
        var next = new ArrayList<Model>();
        able.stream().filter(each -> each > place).forEach(each -> next.add(rung(ladder, each)));
        next.addAll(ladder.fallbacks());
        next.remove(rung(ladder, place));
        return new Choice(rung(ladder, place), grounds, next, otherwise(ladder, rung(ladder, place)));
    }

    private static Choice last(Ladder ladder, Grounds grounds) {
        return new Choice(ladder.last(), grounds, ladder.fallbacks(), Pricing.unknown());
    }

    /// What a rung spares.
    private static Pricing otherwise(Ladder ladder, Model model) {
        var isSpared = ladder.rungs().contains(model) && !ladder.last().equals(model);
        return isSpared ? ladder.last().price() : Pricing.unknown();
    }

    private static Model rung(Ladder ladder, int place) {
        return ladder.rungs().get(place);
    }

    /// What is chosen for every request of a tenant to `auto` alike; empty if each one's score is wanted.
    public Optional<Grounds> foregone(Tenant tenant) {
        var ladder = of(tenant, routes.auto());
        return switch (tenant.ownPolicy().orElse(ladder.policy())) {
            case TierPolicy.Threshold _ -> Optional.empty();
            case TierPolicy.Pinned(var name, var by) ->
                Optional.of(new Pinned(pinned(ladder, name).name(), by));
            case TierPolicy.Unproved(var promise) ->
                Optional.of(new Unpromised(ladder.last().name(), promise));
        };
    }

    /// The models that may answer what a tenant asks of `auto`.
    public List<Model> possible(Tenant tenant) {
        var ladder = of(tenant, routes.auto());
        return foregone(tenant).map(grounds -> List.of(to(grounds).model())).orElseGet(ladder::rungs);
    }

    /// The tenant as a job keeps it that asks for this: what is true of it now counts for all of
    /// the job's items, which ask for `auto`.
    ///
    /// @throws FailureException as [#allow] does
    public Tenant settled(Tenant tenant, ModelRequest request) {
        return switch (allow(tenant, request)) {
            case Route.ToModel(var model) ->
                tenant.settled(new TierPolicy.Pinned(model.name(), TierPolicy.By.MODEL), tenant.route());
            case Route.ToLadder(var ladder) ->
                tenant.settled(tenant.ownPolicy().orElse(ladder.policy()), ladder.name());
        };
    }

    /// The last rung of the ladder that decided so.
    public Model last(Grounds grounds) {
        return ladder(grounds).last();
    }

    /// Whether the model of these grounds is configured still.
    public boolean knows(Grounds grounds) {
        return model(ladder(grounds), grounds).isPresent();
    }

    private Ladder ladder(Grounds grounds) {
        return (grounds instanceof Scored scored ? routes.named(scored.route()) : Optional.<Ladder>empty())
                .orElseGet(routes::auto);
    }

    private Optional<Model> model(Ladder ladder, Grounds grounds) {
        return ladder.rung(grounds.model())
                .or(() -> models.named(grounds.model()))
                .or(() -> models.served(grounds.model()));
    }

    /// The choice that was made on these grounds, as a job keeps them.
    ///
    /// @throws FailureException if there is no such model any more
    public Choice to(Grounds grounds) {
        var ladder = ladder(grounds);
        var model = model(ladder, grounds).orElseThrow(() -> new Failure.UnknownModel(grounds.model()).asException());
        var place = ladder.rungs().indexOf(model);
        var dearer = grounds instanceof Scored && place >= 0
                ? ladder.rungs().subList(place + 1, ladder.rungs().size())
                : List.<Model>of();
        return new Choice(model, grounds, dearer, otherwise(ladder, model));
    }
}
