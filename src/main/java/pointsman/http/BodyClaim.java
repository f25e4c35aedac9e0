package pointsman.http;

import java.time.Duration;
import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;
import pointsman.failure.Failure;

/// What one request holds of the [BodyBudget]. The door opens it and closes it when the request ends,
/// however it ends; work that goes on after that (a thread that reads a body cannot be stopped) keeps it
/// until the work is done.
final class BodyClaim {
    /// What a byte of a body takes until its answer has ended, and what a value or name in it takes
    /// when a tree is made of it. Measured by the smallest heap (`-XX:+UseSerialGC`, whose old
    /// generation has to hold such arrays) in which a chat of 16 MB in one message is read and
    /// written for its upstream, of either dialect: 5.5 times its bytes in ASCII, and 9.7 times if
    /// one character is not Latin-1, for then each takes two bytes (as a string, in Jackson's
    /// buffers, and as the conversation's beginning). Of a tree, `[],[],...` takes 28 bytes for
    /// each bracket and comma, `{"a":1},...` 75, and lists within lists 104.
    static final long BYTE_WEIGHT = 10, NODE_WEIGHT = 112;

    /// What a byte of a form takes that passes as it is: the array, and while its length is unknown
    /// the one that is half as long before it.
    static final long FORM_BYTE_WEIGHT = 3;

    private static final String ATTRIBUTE = BodyClaim.class.getName();
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final BodyBudget budget;
    private final String tenant;
    private long weight;
    private int users = 1;

    BodyClaim(BodyBudget budget, String tenant) {
        this.budget = budget;
        this.tenant = tenant;
    }

    /// That of a request which came through the door.
    static BodyClaim of(ServerWebExchange exchange) {
        return exchange.getRequiredAttribute(ATTRIBUTE);
    }

    void attachTo(ServerWebExchange exchange) {
        exchange.getAttributes().put(ATTRIBUTE, this);
    }

    /// Does something that may outlive the request, and holds the claim meanwhile. Once the request has
    /// ended it is not begun.
    void during(Runnable work) {
        if (hold()) {
            try {
                work.run();
            } finally {
                release();
            }
        }
    }

    /// Claims what a body of this shape takes; what it has claimed before counts towards it.
    ///
    /// @param bytes of the body
    /// @param nodes values and names in it
    /// @throws pointsman.failure.FailureException a 503 if so much is not left now, a 413 if it
    ///     never will be
    void claim(long bytes, long nodes) {
        take(weight(bytes, nodes), bytes);
    }

    /// The same for a form that passes as it is.
    void claimForm(long bytes) {
        take(bytes * FORM_BYTE_WEIGHT, bytes);
    }

    private synchronized void take(long whole, long bytes) {
        if (whole <= weight || users == 0) {
            return;
        }
        if (whole > budget.largest()) {
            throw neverFits(whole).asException();
        }
        if (!budget.take(tenant, whole - weight, bytes)) {
            throw full("to read this one takes about %d MB of it".formatted(Math.max(1, whole >> 20)))
                    .asException();
        }
        weight = whole;
    }

    private Failure neverFits(long whole) {
        return new Failure.Refused(
                413,
                "body_too_large",
                "To read this body takes about %d MB of memory, and pointsman.access.bodies allows %d MB. Send less at once, or give the gateway more memory (-Xmx)."
                        .formatted(whole >> 20, budget.largest() >> 20));
    }

    /// So many big bodies wait to be read already that no further one may.
    static Failure busy() {
        return full("too many wait to be read");
    }

    private static Failure full(String why) {
        return new Failure.Refused(
                503,
                "overloaded",
                "The memory for request bodies is taken: %s. Try again in a second.".formatted(why),
                Optional.of(PAUSE));
    }

    /// The body is in, and has this shape: what was claimed for more is given back.
    synchronized void settle(long bytes, long nodes) {
        claim(bytes, nodes);
        var whole = weight(bytes, nodes);
        if (users > 0 && whole < weight) {
            budget.give(tenant, weight - whole);
            weight = whole;
        }
    }

    private static long weight(long bytes, long nodes) {
        return bytes * BYTE_WEIGHT + nodes * NODE_WEIGHT;
    }

    private synchronized boolean hold() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    /// Gives everything back once nobody uses it any more.
    synchronized void release() {
        if (users > 0 && --users == 0) {
            budget.give(tenant, weight);
            weight = 0;
        }
    }
}
