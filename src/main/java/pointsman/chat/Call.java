package pointsman.chat;

import java.time.Duration;
import java.util.Map;
import pointsman.access.Tenant;
import pointsman.dialect.ModelRequest;
import pointsman.fleet.Caller;

/// One request on its way through the gateway.
///
/// @param id as the client sees it in `x-pointsman-request-id`
/// @param tenant who asks
/// @param request what is asked
/// @param headers of the client that an upstream of its own dialect may see
/// @param wishes of the way its answer comes
/// @param arrivedNanos when, on the clock of [System#nanoTime]
record Call(
        String id, Tenant tenant, ModelRequest request, Map<String, String> headers, Wishes wishes, long arrivedNanos) {
    /// The time since the request arrived.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - arrivedNanos);
    }

    /// Whose failures its upstream's are.
    Caller caller() {
        return new Caller(tenant.id(), Caller.Work.CHAT);
    }
}
