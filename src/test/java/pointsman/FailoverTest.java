package pointsman;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import pointsman.testing.Fault;
import pointsman.testing.failover.ClientKind;
import pointsman.testing.failover.FailoverCase;
import pointsman.testing.failover.FailoverKit;
import pointsman.testing.failover.FailoverLimits;
import pointsman.testing.failover.Judgement;
import pointsman.testing.failover.UpstreamKind;
import pointsman.testing.failover.Verdict;

/// No answer is lost that another model could have given: every fault, in streams and buffered answers, to
/// clients of all dialects. `./lab failover` tries the same with the limits that the product ships with.
///
/// The cases run side by side, with a tenth of the times; each fact waits for its own.
@Timeout(60)
class FailoverTest {
    private static final long LONGEST_SECONDS = 55;

    private static Map<FailoverCase, CompletableFuture<Judgement>> judgements = Map.of();
    private static FailoverKit kit;

    @BeforeAll
    static void tryAllOfThem() throws Exception {
        kit = FailoverKit.start(cases(), FailoverLimits.FAST);
        judgements = kit.run(_ -> {});
    }

    @AfterAll
    static void end() throws Exception {
        kit.close();
    }

    static List<FailoverCase> cases() {
        var faults = Arrays.stream(Fault.values()).filter(Fault::isOne).toList();
        return FailoverCase.all(faults, List.of(ClientKind.values()), List.of(UpstreamKind.values()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noAnswerIsLost(FailoverCase of) throws Exception {
        var first = requireNonNull(judgements.get(of)).get(LONGEST_SECONDS, TimeUnit.SECONDS);

        // Hundreds of cases side by side on a busy machine are late at times: alone, a case has no excuse.
        var judgement = first.verdict() == Verdict.PASS ? first : kit.again(of);

        assertThat(judgement.verdict()).as(judgement.toString()).isEqualTo(Verdict.PASS);
    }
}
