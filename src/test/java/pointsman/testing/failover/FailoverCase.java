package pointsman.testing.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import pointsman.testing.Fault;

/// One fault, as a client of one kind meets it.
///
/// @param fault of the primary
/// @param client who asks
/// @param stream whether it asks for a stream
/// @param upstream what primary and fallback speak
public record FailoverCase(Fault fault, ClientKind client, boolean stream, UpstreamKind upstream) {
    /// All of these together.
    public static List<FailoverCase> all(List<Fault> faults, List<ClientKind> clients, List<UpstreamKind> upstreams) {
        var cases = new ArrayList<FailoverCase>();
        for (var fault : faults) {
            for (var upstream : upstreams) {
                for (var client : clients) {
                    cases.add(new FailoverCase(fault, client, true, upstream));
                    cases.add(new FailoverCase(fault, client, false, upstream));
                }
            }
        }
        return cases;
    }

    /// A name for its tenant, its route and its upstreams.
    String id() {
        return "%s-%s-%s-%s"
                .formatted(fault, client, stream ? "s" : "b", upstream)
                .toLowerCase(Locale.ROOT);
    }

    /// `stream` or `buffered`.
    public String way() {
        return stream ? "stream" : "buffered";
    }

    @Override
    public String toString() {
        return "%s %s %s via %s"
                .formatted(
                        fault,
                        client.name().toLowerCase(Locale.ROOT),
                        way(),
                        upstream.name().toLowerCase(Locale.ROOT));
    }
}
