package pointsman.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FailureTest {
    private static final List<Failure> ALL = List.of(
            Failure.BadRequest.inField("model", "No."),
            new Failure.UnsupportedByUpstream("large", "n", "it gives one answer"),
            new Failure.ModelNotAllowed("acme", "large"),
            new Failure.UnknownModel("m"),
            new Failure.NoSuchRoute(405, "method_not_allowed", "Not so."),
            new Failure.BodyTooLarge(7),
            new Failure.Refused(409, "job_finished", "It has ended."),
            new Failure.StorageFull("the job"),
            new Failure.Overloaded("large", 3),
            new Failure.Unexpected(),
            new Failure.UpstreamRejected("large", 422, ErrorShape.OPENAI, new byte[0], ""),
            new Failure.UpstreamRateLimited("large", Optional.of(Duration.ofSeconds(9))),
            new Failure.UpstreamUnavailable("large", "its breaker is open", Duration.ofSeconds(5)),
            new Failure.UpstreamError("large", 500),
            new Failure.UpstreamAuth("large", 401),
            new Failure.UpstreamQuota("large", 429),
            new Failure.UpstreamInvalidAnswer("large", "it is empty"),
            new Failure.UpstreamTimeout("large", "answer", Duration.ofMillis(1500)),
            new Failure.StreamBroken("large", "it ended"));

    @Test
    void eachTellsItsStatusCodeSentenceFieldAndPause() {
        assertThat(ALL.stream().map(FailureTest::told).collect(Collectors.joining("\n")))
                .isEqualToIgnoringNewLines("""
                400 invalid_request [model] No.
                400 unsupported_by_upstream [n] The upstream 'large' cannot be asked for 'n': it gives one answer.
                403 model_not_allowed [model] Tenant 'acme' may not call the model 'large'.
                404 model_not_found [model] No model 'm' here. GET /v1/models lists those that can be called. \
                To let the name stand for one of them, add a line to the gateway's application.yml: \
                pointsman.tier.aliases: { "[m]": auto }
                405 method_not_allowed Not so.
                413 body_too_large The request body is larger than the limit of 7 bytes.
                409 job_finished It has ended.
                507 storage_full The gateway cannot store the job: its disk is full or fails. \
                What it accepted before is safe.
                503 overloaded 3 calls to the upstream 'large' are in flight, which is the limit. (PT1S)
                500 internal_error The gateway failed. \
                The x-pointsman-request-id of this answer leads to the cause in its log.
                422 upstream_rejected The upstream 'large' rejected the request with status 422.
                429 upstream_rate_limited The upstream 'large' limits our rate; try again later. (PT9S)
                503 upstream_unavailable The upstream 'large' is unavailable: its breaker is open. (PT5S)
                502 upstream_error The upstream 'large' failed with status 500.
                502 upstream_auth The upstream 'large' refused the gateway's credentials with status 401.
                502 upstream_quota The upstream 'large' does nothing more for the gateway's account \
                (status 429): its quota is used up.
                502 upstream_invalid_answer The upstream 'large' sent an invalid answer: it is empty.
                504 upstream_timeout The upstream 'large' sent no answer within 1500 ms.
                502 upstream_stream_broken The answer of the upstream 'large' broke off: it ended.
                """);
    }

    @Test
    void noneIsLeftOut() {
        assertThat(ALL.stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(Failure.class.getPermittedSubclasses()));
    }

    @Test
    void aLongNameIsShownInPart() {
        var failure = new Failure.UnknownModel("x".repeat(1_000));

        assertThat(failure.message()).contains("'" + "x".repeat(100) + "...'").hasSizeLessThan(500);
    }

    @Test
    void theUpstreamsWordsGoBeforeOurs() {
        var failure = new Failure.UpstreamRejected("large", 400, ErrorShape.OPENAI, new byte[0], "Too long.");

        assertThat(failure.message()).isEqualTo("Too long.");
    }

    @Test
    void aFailureTravelsAsAnError() {
        var failure = new Failure.Unexpected();

        assertThat(failure.asException().failure()).isEqualTo(failure);
        assertThat(failure.asException(new IllegalStateException("why")))
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static String told(Failure failure) {
        return "%d %s %s%s%s"
                .formatted(
                        failure.status(),
                        failure.code(),
                        failure.param().map("[%s] "::formatted).orElse(""),
                        failure.message(),
                        failure.retryAfter().map(" (%s)"::formatted).orElse(""));
    }
}
