package pointsman.surface;

import java.time.Duration;
import pointsman.access.Tenant;
import pointsman.fleet.Caller;

/// One request for a surface on its way through the gateway.
///
/// @param id as the client sees it in `x-pointsman-request-id`
/// @param tenant who asks
/// @param request what is asked
/// @param arrivedNanos when, on the clock of [System#nanoTime]
record SurfaceCall(String id, Tenant tenant, SurfaceRequest request, long arrivedNanos) {
    /// The time since the request arrived.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - arrivedNanos);
    }

    /// Whose failures its provider's are.
    Caller caller() {
        return new Caller(tenant.id(), Caller.Work.CHAT);
    }
}
