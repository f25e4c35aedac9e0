package pointsman.upstream;

import java.util.List;
import pointsman.dialect.ChatRequest;

/// A request on its way out.
///
/// @param request what is asked
/// @param tenant whose it is: prompt caches of upstreams are kept apart by it
/// @param betas what the client asked for in `anthropic-beta`; only upstreams that speak Anthropic's dialect see it
public record Outbound(ChatRequest request, String tenant, List<String> betas) {
    public Outbound {
        betas = List.copyOf(betas);
    }
}
