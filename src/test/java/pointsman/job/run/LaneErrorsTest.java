package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.SharedGateway;

/// An error of the machine in the middle of a lane: no exception, but not the end of the process either.
///
/// It is met where a meter is new, so nobody else is this tenant.
@Timeout(90)
class LaneErrorsTest {
    private static final Gateway GATEWAY = SharedGateway.KEYED.get();

    private final Jobs jobs = new Jobs(GATEWAY.client());

    @Test
    void aLaneThatAnErrorEndedIsTakenAgain() throws Exception {
        var errors = new AtomicInteger();
        GATEWAY.context().getBean(MeterRegistry.class).config().meterFilter(new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (id.getName().equals("pointsman.requests") && errors.incrementAndGet() <= 2) {
                    throw new StackOverflowError("as of one row");
                }
                return id;
            }
        });

        var key = new String[] {"authorization", "Bearer " + SharedGateway.key("unlucky")};
        var job = jobs.await(jobs.create(Jobs.ask("small", "Odd?", Jobs.numbers(3), "{}"), key), key);

        assertThat(errors).hasValueGreaterThan(2);
        assertThat(job.path("state").asString()).isEqualTo("completed");
        assertThat(job.at("/rows/answered").asInt()).isEqualTo(3);
    }
}
