package pointsman.chat;

import java.time.Duration;
import pointsman.access.Tenant;
import pointsman.dialect.ChatRequest;

/// One request on its way through the gateway.
///
/// @param id as the client sees it in `x-pointsman-request-id`
/// @param tenant who asks
/// @param request what is asked
/// @param arrivedNanos when, on the clock of [System#nanoTime]
record Call(String id, Tenant tenant, ChatRequest request, long arrivedNanos) {
    /// The time since the request arrived.
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - arrivedNanos);
    }
}
