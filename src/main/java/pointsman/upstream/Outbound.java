package pointsman.upstream;

import java.util.Map;
import pointsman.dialect.ChatRequest;

/// A request on its way out.
///
/// @param request what is asked
/// @param tenant whose it is: prompt caches of upstreams are kept apart by it
/// @param headers of the client that an upstream of its own dialect may see; no other sees them
public record Outbound(ChatRequest request, String tenant, Map<String, String> headers) {
    public Outbound {
        headers = Map.copyOf(headers);
    }
}
