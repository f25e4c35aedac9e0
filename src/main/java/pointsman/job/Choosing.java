package pointsman.job;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import pointsman.access.Tenant;
import pointsman.dialect.ModelRequest;
import pointsman.fleet.Model;
import pointsman.job.Scoring.Watch;
import pointsman.route.Grounds;
import pointsman.route.Route;
import pointsman.route.Router;
import reactor.core.publisher.Mono;

/// Chooses who answers each item of a job, as it would be chosen for a single request.
///
/// @param router decides; its scores may take their time, for nobody waits for a job's first item
/// @param scoring goes through the items
public record Choosing(Router router, Scoring scoring) {
    /// The tenant as a job of rows keeps it that asks for this model.
    ///
    /// @throws pointsman.failure.FailureException if nobody can answer it, or the tenant may not ask
    public Tenant settled(Tenant tenant, ModelRequest request) {
        return router.settled(tenant, request);
    }

    /// The grounds on which all of a tenant's rows are answered alike; empty if each is looked at.
    public Optional<Grounds> foregone(Tenant tenant) {
        return router.foregone(tenant);
    }

    /// The models that may answer a tenant's rows.
    public List<Model> possible(Tenant tenant) {
        return router.possible(tenant);
    }

    /// What a request asks for, if it may.
    ///
    /// @throws pointsman.failure.FailureException if nobody can answer it, or the tenant may not ask
    public Route allow(Tenant tenant, ModelRequest request) {
        return router.allow(tenant, request);
    }

    /// The grounds for every item, in their order. What is known before it is sent to be more than a
    /// model can be asked goes at once to the one that stands in for it.
    ///
    /// @param request what an item asks, which is allowed
    /// @return empty if the watch did not want the rest
    public Optional<List<Grounds>> all(Tenant tenant, int items, IntFunction<ModelRequest> request, Watch watch)
            throws InterruptedException {
        return scoring.all(items, item -> choose(tenant, request.apply(item)), watch);
    }

    private Mono<Grounds> choose(Tenant tenant, ModelRequest request) {
        return Mono.fromFuture(() -> router.choose(tenant, request))
                .map(choice -> choice.able(tenant.id(), request).grounds());
    }
}
