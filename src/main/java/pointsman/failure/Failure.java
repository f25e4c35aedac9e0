package pointsman.failure;

import java.time.Duration;
import java.util.Optional;

/// Every way in which a request can end badly. The list is closed: what is not in it is a bug, and a bug is
/// an [Unexpected]. A failure names its numbers (which upstream, the limit, the value), never a prompt and
/// never a key. Which status, code and sentence each has, [FailureWords] says in one table.
public sealed interface Failure {
    /// The HTTP status the client sees.
    default int status() {
        return FailureWords.status(this);
    }

    /// The stable word that programs may match on.
    default String code() {
        return FailureWords.code(this);
    }

    /// One sentence for people.
    default String message() {
        return FailureWords.message(this);
    }

    /// The request field at fault, if it is one.
    default Optional<String> param() {
        return FailureWords.param(this);
    }

    /// How long a client does well to wait before it asks again.
    default Optional<Duration> retryAfter() {
        return FailureWords.retryAfter(this);
    }

    /// Wraps this failure so that it can travel as an error signal.
    default FailureException asException() {
        return new FailureException(this, null);
    }

    /// Wraps this failure with what led to it, for whoever must judge it on its way. A client never sees
    /// the cause.
    default FailureException asException(Throwable cause) {
        return new FailureException(this, cause);
    }

    // The client's.

    /// The request itself is wrong: not JSON, a field of the wrong type, a limit of its shape.
    record BadRequest(String code, String message, Optional<String> param) implements Failure {
        /// A request that is wrong in one named field.
        public static BadRequest inField(String field, String message) {
            return new BadRequest("invalid_request", message, Optional.of(field));
        }
    }

    /// An upstream cannot be asked for what the request says: its dialect has no words for it, or its model
    /// cannot read it. Another upstream might take it.
    record UnsupportedByUpstream(String upstream, String field, String why) implements Failure {}

    /// The tenant may not call this model.
    record ModelNotAllowed(String tenant, String model) implements Failure {}

    /// No model of this name stands behind the gateway.
    record UnknownModel(String model) implements Failure {}

    /// No such route, or not by this method, or not this kind of body.
    record NoSuchRoute(int status, String code, String message) implements Failure {}

    /// The body is larger than `pointsman.chat.max-body`.
    record BodyTooLarge(long limitBytes) implements Failure {}

    /// What is asked does not go together with what there is: no such id, a state, a limit, a key that is
    /// taken, a time that has passed.
    record Refused(int status, String code, String message, Optional<Duration> retryAfter) implements Failure {
        public Refused(int status, String code, String message) {
            this(status, code, message, Optional.empty());
        }

        /// No key, or one that nobody has.
        public static Refused invalidKey() {
            return new Refused(
                    401,
                    "invalid_api_key",
                    "Missing or unknown API key. Send `Authorization: Bearer <key>` or `x-api-key: <key>`.");
        }

        /// The client did not send its body in time.
        public static Refused bodyTooSlow(Duration limit) {
            return new Refused(
                    408, "body_timeout", "The request body did not arrive within %d s.".formatted(limit.toSeconds()));
        }

        /// The whole request took longer than `pointsman.chat.total-timeout`.
        public static Refused requestTimeout(Duration limit) {
            return new Refused(
                    504,
                    "request_timeout",
                    "The answer was not complete within %d ms of the request.".formatted(limit.toMillis()));
        }

        /// The gateway is being stopped, and this answer was not whole in time.
        public static Refused stopping() {
            return new Refused(
                    503,
                    "gateway_stopping",
                    "The gateway is being stopped before this answer was whole. Ask again.",
                    Optional.of(Duration.ofSeconds(1)));
        }
    }

    // The gateway's own.

    /// The disk of the jobs' store takes nothing more. What it has accepted is safe.
    record StorageFull(String what) implements Failure {}

    /// As many calls as are allowed are in flight already.
    record Overloaded(String upstream, int limit) implements Failure {}

    /// A bug of ours. The log has the cause; the client gets the request's id.
    record Unexpected() implements Failure {}

    // An upstream's.

    /// The upstream says that the request is wrong, in its own words: a client of the same shape gets its
    /// body as it is, one of another shape gets the sentence.
    ///
    /// @param shape of the body
    /// @param body what the upstream sent, a JSON error
    /// @param words the sentence in it
    record UpstreamRejected(String upstream, int status, ErrorShape shape, byte[] body, String words)
            implements Failure {}

    /// The upstream's rate limit.
    record UpstreamRateLimited(String upstream, Optional<Duration> retryAfter) implements Failure {}

    /// Nobody answers there: refused, reset, starting, or its breaker is open. Nothing was paid for.
    ///
    /// @param pause after which it may be better
    /// @param isStated whether the upstream itself said so
    record UpstreamUnavailable(String upstream, String why, Duration pause, boolean isStated) implements Failure {
        /// One that said nothing of the time it needs.
        public UpstreamUnavailable(String upstream, String why, Duration pause) {
            this(upstream, why, pause, false);
        }
    }

    /// The upstream answered with a status that is its own fault.
    record UpstreamError(String upstream, int upstreamStatus) implements Failure {}

    /// The upstream does not take the gateway's own key.
    record UpstreamAuth(String upstream, int upstreamStatus) implements Failure {}

    /// The upstream does nothing more for the account of the gateway's own key: its quota is used up, or
    /// unpaid.
    record UpstreamQuota(String upstream, int upstreamStatus) implements Failure {}

    /// What came is not an answer: no JSON, no event stream, cut short, or beyond a limit.
    record UpstreamInvalidAnswer(String upstream, String what) implements Failure {}

    /// The upstream took longer than its limit.
    record UpstreamTimeout(String upstream, String phase, Duration limit) implements Failure {}

    /// An answer that broke off after its first byte had gone to the client: too late for another attempt.
    record StreamBroken(String upstream, String what) implements Failure {}
}
