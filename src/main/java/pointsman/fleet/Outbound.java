package pointsman.fleet;

import java.util.Map;
import pointsman.dialect.ModelRequest;

/// A request on its way out.
///
/// @param request what is asked
/// @param caller whose it is: prompt caches of upstreams are kept apart by its tenant, and its failures are its own
/// @param headers of the client that an upstream of its own dialect may see; no other sees them
public record Outbound(ModelRequest request, Caller caller, Map<String, String> headers) {
    public Outbound {
        headers = Map.copyOf(headers);
    }
}
