package pointsman.failure;

import java.time.Duration;
import java.util.Optional;

/// Every way in which a request can end badly. The list is closed: what is not in it is a bug, and a bug is an
/// [Unexpected]. A failure names its numbers (which upstream, the limit, the value), never a prompt and never a
/// key.
public sealed interface Failure {
    /// The HTTP status the client sees.
    int status();

    /// The stable word that programs may match on.
    String code();

    /// One sentence for people.
    String message();

    /// The request field at fault, if it is one.
    default Optional<String> param() {
        return Optional.empty();
    }

    /// How long a client does well to wait before it asks again.
    default Optional<Duration> retryAfter() {
        return Optional.empty();
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

    /// The request itself is wrong: not JSON, a field of the wrong type, a limit of its shape.
    record BadRequest(String code, String message, Optional<String> param) implements Failure {
        /// A request that is wrong in one named field.
        public static BadRequest inField(String field, String message) {
            return new BadRequest("invalid_request", message, Optional.of(field));
        }

        @Override
        public int status() {
            return 400;
        }
    }

    /// An upstream cannot be asked for what the request says: its dialect has no words for it, or its model
    /// cannot read it. Another upstream might take it.
    record UnsupportedByUpstream(String upstream, String field, String why) implements Failure {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String code() {
            return "unsupported_by_upstream";
        }

        @Override
        public String message() {
            return "The upstream '%s' cannot be asked for '%s': %s.".formatted(upstream, field, why);
        }

        @Override
        public Optional<String> param() {
            return Optional.of(field);
        }
    }

    /// The tenant may not call this model.
    record ModelNotAllowed(String tenant, String model) implements Failure {
        @Override
        public int status() {
            return 403;
        }

        @Override
        public String code() {
            return "model_not_allowed";
        }

        @Override
        public String message() {
            return "Tenant '%s' may not call the model '%s'.".formatted(tenant, model);
        }

        @Override
        public Optional<String> param() {
            return Optional.of("model");
        }
    }

    /// No model of this name stands behind the gateway.
    record UnknownModel(String model) implements Failure {
        private static final int LONGEST_SHOWN = 100;

        @Override
        public int status() {
            return 404;
        }

        @Override
        public String code() {
            return "model_not_found";
        }

        @Override
        public String message() {
            var shown = model.length() <= LONGEST_SHOWN ? model : model.substring(0, LONGEST_SHOWN) + "...";
            return ("No model '%s' here. GET /v1/models lists those that can be called. To let the name stand for one of"
                            + " them, add a line to the gateway's application.yml: pointsman.tier.aliases: { \"[%s]\": auto }")
                    .formatted(shown, shown);
        }

        @Override
        public Optional<String> param() {
            return Optional.of("model");
        }
    }

    /// No such route, or not by this method, or not this kind of body.
    record NoSuchRoute(int status, String code, String message) implements Failure {}

    /// The body is larger than `pointsman.chat.max-body`.
    record BodyTooLarge(long limitBytes) implements Failure {
        @Override
        public int status() {
            return 413;
        }

        @Override
        public String code() {
            return "body_too_large";
        }

        @Override
        public String message() {
            return "The request body is larger than the limit of %d bytes.".formatted(limitBytes);
        }
    }

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

    /// The disk of the jobs' store takes nothing more. What it has accepted is safe.
    record StorageFull(String what) implements Failure {
        @Override
        public int status() {
            return 507;
        }

        @Override
        public String code() {
            return "storage_full";
        }

        @Override
        public String message() {
            return "The gateway cannot store %s: its disk is full or fails. What it accepted before is safe."
                    .formatted(what);
        }
    }

    /// The upstream says that the request is wrong, in its own words: a client of the same shape gets its body as
    /// it is, one of another shape gets the sentence.
    ///
    /// @param shape of the body
    /// @param body what the upstream sent, a JSON error
    /// @param words the sentence in it
    record UpstreamRejected(String upstream, int status, ErrorShape shape, byte[] body, String words)
            implements Failure {
        @Override
        public String code() {
            return "upstream_rejected";
        }

        @Override
        public String message() {
            return words.isBlank()
                    ? "The upstream '%s' rejected the request with status %d.".formatted(upstream, status)
                    : words;
        }
    }

    /// The upstream's rate limit.
    record UpstreamRateLimited(String upstream, Optional<Duration> retryAfter) implements Failure {
        @Override
        public int status() {
            return 429;
        }

        @Override
        public String code() {
            return "upstream_rate_limited";
        }

        @Override
        public String message() {
            return "The upstream '%s' limits our rate; try again later.".formatted(upstream);
        }
    }

    /// Nobody answers there: refused, reset, starting, or its breaker is open. Nothing was paid for.
    record UpstreamUnavailable(String upstream, String why, Duration pause) implements Failure {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "upstream_unavailable";
        }

        @Override
        public String message() {
            return "The upstream '%s' is unavailable: %s.".formatted(upstream, why);
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(pause);
        }
    }

    /// An upstream was reached, and it failed.
    sealed interface BadGateway extends Failure {
        @Override
        default int status() {
            return 502;
        }
    }

    /// The upstream answered with a status that is its own fault.
    record UpstreamError(String upstream, int upstreamStatus) implements BadGateway {
        @Override
        public String code() {
            return "upstream_error";
        }

        @Override
        public String message() {
            return "The upstream '%s' failed with status %d.".formatted(upstream, upstreamStatus);
        }
    }

    /// The upstream does not take the gateway's own key.
    record UpstreamAuth(String upstream, int upstreamStatus) implements BadGateway {
        @Override
        public String code() {
            return "upstream_auth";
        }

        @Override
        public String message() {
            return "The upstream '%s' refused the gateway's credentials with status %d."
                    .formatted(upstream, upstreamStatus);
        }
    }

    /// What came is not an answer: no JSON, no event stream, cut short, or beyond a limit.
    record UpstreamInvalidAnswer(String upstream, String what) implements BadGateway {
        @Override
        public String code() {
            return "upstream_invalid_answer";
        }

        @Override
        public String message() {
            return "The upstream '%s' sent an invalid answer: %s.".formatted(upstream, what);
        }
    }

    /// The upstream took longer than its limit.
    record UpstreamTimeout(String upstream, String phase, Duration limit) implements Failure {
        @Override
        public int status() {
            return 504;
        }

        @Override
        public String code() {
            return "upstream_timeout";
        }

        @Override
        public String message() {
            return "The upstream '%s' sent no %s within %d ms.".formatted(upstream, phase, limit.toMillis());
        }
    }

    /// An answer that broke off after its first byte had gone to the client: too late for another attempt.
    record StreamBroken(String upstream, String what) implements BadGateway {
        @Override
        public String code() {
            return "upstream_stream_broken";
        }

        @Override
        public String message() {
            return "The answer of the upstream '%s' broke off: %s.".formatted(upstream, what);
        }
    }

    /// As many calls as are allowed are in flight already.
    record Overloaded(String upstream, int limit) implements Failure {
        @Override
        public int status() {
            return 503;
        }

        @Override
        public String code() {
            return "overloaded";
        }

        @Override
        public String message() {
            return "%d calls to the upstream '%s' are in flight, which is the limit.".formatted(limit, upstream);
        }

        @Override
        public Optional<Duration> retryAfter() {
            return Optional.of(Duration.ofSeconds(1));
        }
    }

    /// A bug of ours. The log has the cause; the client gets the request's id.
    record Unexpected() implements Failure {
        @Override
        public int status() {
            return 500;
        }

        @Override
        public String code() {
            return "internal_error";
        }

        @Override
        public String message() {
            return "The gateway failed. The x-pointsman-request-id of this answer leads to the cause in its log.";
        }
    }
}
