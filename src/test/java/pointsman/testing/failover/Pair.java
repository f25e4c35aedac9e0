package pointsman.testing.failover;

import java.util.stream.Stream;
import pointsman.testing.Fault;
import pointsman.testing.FaultyProvider;
import pointsman.testing.FaultyUpstream;
import pointsman.testing.Pace;

/// The two upstreams of one case, and all that the gateway must know of them: the case has a tenant of its
/// own, whose `auto` is a ladder of these two, so that its breakers, measures and bookings are nobody
/// else's.
///
/// @param primary the cheaper one, which is asked first whatever the prompt is
record Pair(String id, UpstreamKind kind, FaultyUpstream primary, FaultyUpstream fallback) {
    /// The names that the two give their models, and how many tokens each counts of every prompt.
    static final String PRIMARY = "primary-1", FALLBACK = "fallback-1";
    static final int PRIMARY_INPUT = 21, FALLBACK_INPUT = 34;

    static Pair of(FailoverCase of, FaultyProvider provider, Pace pace) {
        return new Pair(
                of.id(),
                of.upstream(),
                provider.upstream("p-" + of.id(), PRIMARY_INPUT, pace),
                provider.upstream("f-" + of.id(), FALLBACK_INPUT, pace));
    }

    /// From now on the primary has this fault.
    void turn(Fault fault) {
        primary.turn(fault);
        fallback.turn(fault == Fault.S14 ? Fault.NO_PREFILL : Fault.HEALTHY);
    }

    /// Its properties.
    ///
    /// @param number of its tenant
    /// @param keyHash of its tenant's key
    Stream<String> properties(int number, String keyHash) {
        var tenant = "pointsman.access.tenants[" + number + "].";
        var route = "pointsman.routes." + id + ".";
        return Stream.of(
                        Stream.of(
                                tenant + "id=" + id,
                                tenant + "key-hashes[0]=" + keyHash,
                                tenant + "route=" + id,
                                route + "rungs=p-" + id + ",f-" + id,
                                route + "threshold=0"),
                        model("p-" + id, primary, kind.primary(), PRIMARY, 1),
                        model("f-" + id, fallback, kind.fallback(), FALLBACK, 10))
                .flatMap(some -> some);
    }

    private static Stream<String> model(
            String name, FaultyUpstream upstream, String dialect, String model, int dollars) {
        var provider = "pointsman.providers." + name + ".";
        var own = "pointsman.models." + name + ".";
        return Stream.of(
                provider + "base-url=" + upstream.baseUrl(),
                provider + "dialects=" + dialect,
                own + "provider=" + name,
                own + "as=" + model,
                own + "price.input=" + dollars,
                own + "price.output=" + 2 * dollars);
    }
}
