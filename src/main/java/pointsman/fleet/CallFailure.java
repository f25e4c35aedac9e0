package pointsman.fleet;

import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import reactor.netty.http.client.PrematureCloseException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/// Gives what can go wrong on the road its place in the closed list of bad endings. What has none
/// is a bug of ours, and stays what it is: no upstream is blamed for it.
final class CallFailure {
    /// A pause after which it may be better, where nobody knows more.
    static final Duration SOON = Duration.ofSeconds(1);

    private CallFailure() {}

    /// Whether the network or the upstream's end of it failed, so that another attempt may find it
    /// better.
    static boolean isNetwork(Throwable error) {
        return error instanceof IOException;
    }

    /// Whether an error says for certain that nothing was done: the request did not get there, or
    /// was turned away. Of a connection that was lost, and of a 500, nobody knows.
    static boolean isUndone(Throwable error) {
        return switch (error) {
            case FailureException known -> isUndone(known);
            case ConnectException _,
                    UnknownHostException _,
                    SSLHandshakeException _,
                    PoolAcquirePendingLimitException _,
                    PoolAcquireTimeoutException _ -> true;
            default -> false;
        };
    }

    private static boolean isUndone(FailureException known) {
        return switch (known.failure()) {
            case Failure.UpstreamUnavailable _ -> known.getCause() == null || isUndone(known.getCause());
            case Failure.UpstreamAuth _,
                    Failure.UpstreamQuota _,
                    Failure.UpstreamRateLimited _,
                    Failure.UpstreamRejected _,
                    Failure.Overloaded _ -> true;
            default -> false;
        };
    }

    /// The error that leaves the road: one that carries a failure, or the bug as it is.
    ///
    /// @param upstream the upstream's name
    /// @param maxConcurrent the limit that a full bulkhead has reached
    static Throwable of(String upstream, Throwable error, int maxConcurrent) {
        return switch (error) {
            case BulkheadFullException _ -> new Failure.Overloaded(upstream, maxConcurrent).asException();
            case PoolAcquirePendingLimitException _ ->
                unavailable(upstream, "too many calls wait for a connection", error);
            case PoolAcquireTimeoutException _ -> unavailable(upstream, "no connection came free in time", error);
            case UnknownHostException _ -> unavailable(upstream, "its host name is unknown", error);
            case SSLException _ -> unavailable(upstream, "no secure connection could be made", error);
            case ConnectException _ -> unavailable(upstream, "it cannot be connected to", error);
            case PrematureCloseException _ -> unavailable(upstream, "it closed the connection", error);
            case IOException _ -> unavailable(upstream, "the connection was lost", error);
            // Netty's decoder ends a bad chunk size or header with a bare IllegalArgumentException.
            case DecoderException _, IllegalArgumentException _ ->
                new Failure.UpstreamInvalidAnswer(upstream, "it is no HTTP answer within the limits").asException();
            default -> error;
        };
    }

    private static Throwable unavailable(String upstream, String why, Throwable cause) {
        return new Failure.UpstreamUnavailable(upstream, why, SOON).asException(cause);
    }
}
