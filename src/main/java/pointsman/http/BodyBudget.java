package pointsman.http;

import java.util.HashMap;
import java.util.Map;

/// The memory that the bodies of all requests, and whatever is made of them, may take at once. Who wants
/// some of it gets it at once or not at all: nobody waits, and so nobody holds a part while waiting for the
/// rest.
///
/// Small bodies weigh next to nothing and are what most callers send, so the last part of the budget is
/// theirs: as long as only big ones come, no big one can take it. What one tenant holds is bounded in the
/// same way; but a tenant that holds nothing may always have a body that fits into the budget.
final class BodyBudget {
    /// Bytes of a body up to which the last parts of the budget are open to it.
    static final long SMALL = 64 << 10, TINY = 8 << 10;
    private static final int BIG_PERCENT = 80, SMALL_PERCENT = 95, ALL = 100;

    private final long bytes;
    private final int tenantPercent;
    private final Map<String, Long> byTenant = new HashMap<>();
    private long taken;

    /// @param bytes of memory, in all
    /// @param tenantPercent what of it one tenant may hold
    BodyBudget(long bytes, int tenantPercent) {
        this.bytes = bytes;
        this.tenantPercent = tenantPercent;
    }

    /// The most that one big body may ever weigh.
    long largest() {
        return ceiling(Long.MAX_VALUE);
    }

    /// Takes memory for a tenant's body.
    ///
    /// @param weight of memory
    /// @param bodyBytes how long the body is, as far as that is known
    /// @return whether there was so much left
    synchronized boolean take(String tenant, long weight, long bodyBytes) {
        var ceiling = ceiling(bodyBytes);
        long held = byTenant.getOrDefault(tenant, 0L);
        var isWithinShare = held == 0 || held + weight <= ceiling / ALL * tenantPercent;
        if (taken + weight > ceiling || !isWithinShare) {
            return false;
        }
        taken += weight;
        byTenant.merge(tenant, weight, Long::sum);
        return true;
    }

    /// Gives memory back.
    synchronized void give(String tenant, long weight) {
        taken -= weight;
        byTenant.compute(tenant, (_, held) -> held == null || held <= weight ? null : held - weight);
    }

    synchronized long taken() {
        return taken;
    }

    private long ceiling(long bodyBytes) {
        int percent = bodyBytes <= TINY ? ALL : bodyBytes <= SMALL ? SMALL_PERCENT : BIG_PERCENT;
        return bytes / ALL * percent;
    }
}
