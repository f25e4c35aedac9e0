package pointsman.failure;

import java.time.Duration;
import java.util.Optional;
import pointsman.failure.Failure.BadRequest;
import pointsman.failure.Failure.BodyTooLarge;
import pointsman.failure.Failure.ModelNotAllowed;
import pointsman.failure.Failure.NoSuchRoute;
import pointsman.failure.Failure.Overloaded;
import pointsman.failure.Failure.Refused;
import pointsman.failure.Failure.StorageFull;
import pointsman.failure.Failure.StreamBroken;
import pointsman.failure.Failure.Unexpected;
import pointsman.failure.Failure.UnknownModel;
import pointsman.failure.Failure.UnsupportedByUpstream;
import pointsman.failure.Failure.UpstreamAuth;
import pointsman.failure.Failure.UpstreamError;
import pointsman.failure.Failure.UpstreamInvalidAnswer;
import pointsman.failure.Failure.UpstreamQuota;
import pointsman.failure.Failure.UpstreamRateLimited;
import pointsman.failure.Failure.UpstreamRejected;
import pointsman.failure.Failure.UpstreamTimeout;
import pointsman.failure.Failure.UpstreamUnavailable;

/// What a client is told of each failure: status, code, sentence, field, and when to come back. Failures
/// that are made with words of their own say these.
final class FailureWords {
    private static final int LONGEST_SHOWN = 100;
    private static final Duration SOON = Duration.ofSeconds(1);

    private FailureWords() {}

    static int status(Failure failure) {
        return switch (failure) {
            case BadRequest _, UnsupportedByUpstream _ -> 400;
            case ModelNotAllowed _ -> 403;
            case UnknownModel _ -> 404;
            case BodyTooLarge _ -> 413;
            case UpstreamRateLimited _ -> 429;
            case Unexpected _ -> 500;
            case UpstreamError _, UpstreamAuth _, UpstreamQuota _, UpstreamInvalidAnswer _, StreamBroken _ -> 502;
            case UpstreamUnavailable _, Overloaded _ -> 503;
            case UpstreamTimeout _ -> 504;
            case StorageFull _ -> 507;
            case NoSuchRoute own -> own.status();
            case Refused own -> own.status();
            case UpstreamRejected own -> own.status();
        };
    }

    static String code(Failure failure) {
        return switch (failure) {
            case UnsupportedByUpstream _ -> "unsupported_by_upstream";
            case ModelNotAllowed _ -> "model_not_allowed";
            case UnknownModel _ -> "model_not_found";
            case BodyTooLarge _ -> "body_too_large";
            case StorageFull _ -> "storage_full";
            case Overloaded _ -> "overloaded";
            case Unexpected _ -> "internal_error";
            case UpstreamRejected _ -> "upstream_rejected";
            case UpstreamRateLimited _ -> "upstream_rate_limited";
            case UpstreamUnavailable _ -> "upstream_unavailable";
            case UpstreamError _ -> "upstream_error";
            case UpstreamAuth _ -> "upstream_auth";
            case UpstreamQuota _ -> "upstream_quota";
            case UpstreamInvalidAnswer _ -> "upstream_invalid_answer";
            case UpstreamTimeout _ -> "upstream_timeout";
            case StreamBroken _ -> "upstream_stream_broken";
            case BadRequest own -> own.code();
            case NoSuchRoute own -> own.code();
            case Refused own -> own.code();
        };
    }

    static String message(Failure failure) {
        return switch (failure) {
            case UnsupportedByUpstream(var upstream, var field, var why) ->
                "The upstream '%s' cannot be asked for '%s': %s.".formatted(upstream, field, why);
            case ModelNotAllowed(var tenant, var model) ->
                "Tenant '%s' may not call the model '%s'.".formatted(tenant, model);
            case UnknownModel(var model) -> unknown(shortened(model));
            case BodyTooLarge(var limit) -> "The request body is larger than the limit of %d bytes.".formatted(limit);
            case StorageFull(var what) ->
                "The gateway cannot store %s: its disk is full or fails. What it accepted before is safe."
                        .formatted(what);
            case Overloaded(var upstream, var limit) ->
                "%d calls to the upstream '%s' are in flight, which is the limit.".formatted(limit, upstream);
            case Unexpected _ ->
                "The gateway failed. The x-pointsman-request-id of this answer leads to the cause in its log.";
            case UpstreamRejected rejected -> rejected.words().isBlank() ? rejection(rejected) : rejected.words();
            case UpstreamRateLimited limited ->
                "The upstream '%s' limits our rate; try again later.".formatted(limited.upstream());
            case UpstreamUnavailable unavailable ->
                "The upstream '%s' is unavailable: %s.".formatted(unavailable.upstream(), unavailable.why());
            case UpstreamError(var upstream, var status) ->
                "The upstream '%s' failed with status %d.".formatted(upstream, status);
            case UpstreamAuth(var upstream, var status) ->
                "The upstream '%s' refused the gateway's credentials with status %d.".formatted(upstream, status);
            case UpstreamQuota(var upstream, var status) ->
                "The upstream '%s' does nothing more for the gateway's account (status %d): its quota is used up."
                        .formatted(upstream, status);
            case UpstreamInvalidAnswer(var upstream, var what) ->
                "The upstream '%s' sent an invalid answer: %s.".formatted(upstream, what);
            case UpstreamTimeout(var upstream, var phase, var limit) ->
                "The upstream '%s' sent no %s within %d ms.".formatted(upstream, phase, limit.toMillis());
            case StreamBroken(var upstream, var what) ->
                "The answer of the upstream '%s' broke off: %s.".formatted(upstream, what);
            case BadRequest own -> own.message();
            case NoSuchRoute own -> own.message();
            case Refused own -> own.message();
        };
    }

    private static String rejection(UpstreamRejected rejected) {
        return "The upstream '%s' rejected the request with status %d."
                .formatted(rejected.upstream(), rejected.status());
    }

    private static String unknown(String model) {
        return ("No model '%s' here. GET /v1/models lists those that can be called. To let the name stand for one of"
                        + " them, add a line to the gateway's application.yml: pointsman.tier.aliases: { \"[%s]\": auto }")
                .formatted(model, model);
    }

    private static String shortened(String model) {
        return model.length() <= LONGEST_SHOWN ? model : model.substring(0, LONGEST_SHOWN) + "...";
    }

    static Optional<String> param(Failure failure) {
        return switch (failure) {
            case BadRequest own -> own.param();
            case UnsupportedByUpstream unsupported -> Optional.of(unsupported.field());
            case ModelNotAllowed _, UnknownModel _ -> Optional.of("model");
            case NoSuchRoute _,
                    BodyTooLarge _,
                    Refused _,
                    StorageFull _,
                    Overloaded _,
                    Unexpected _,
                    UpstreamRejected _,
                    UpstreamRateLimited _,
                    UpstreamUnavailable _,
                    UpstreamError _,
                    UpstreamAuth _,
                    UpstreamQuota _,
                    UpstreamInvalidAnswer _,
                    UpstreamTimeout _,
                    StreamBroken _ -> Optional.empty();
        };
    }

    static Optional<Duration> retryAfter(Failure failure) {
        return switch (failure) {
            case Refused own -> own.retryAfter();
            case UpstreamRateLimited own -> own.retryAfter();
            case UpstreamUnavailable unavailable -> Optional.of(unavailable.pause());
            case Overloaded _ -> Optional.of(SOON);
            case BadRequest _,
                    UnsupportedByUpstream _,
                    ModelNotAllowed _,
                    UnknownModel _,
                    NoSuchRoute _,
                    BodyTooLarge _,
                    StorageFull _,
                    Unexpected _,
                    UpstreamRejected _,
                    UpstreamError _,
                    UpstreamAuth _,
                    UpstreamQuota _,
                    UpstreamInvalidAnswer _,
                    UpstreamTimeout _,
                    StreamBroken _ -> Optional.empty();
        };
    }
}
