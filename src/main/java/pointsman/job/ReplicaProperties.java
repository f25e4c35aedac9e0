package pointsman.job;

import static pointsman.job.Bounds.positive;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/// `pointsman.batch`, too: how replicas know of each other that they live, and when a job has had its time.
///
/// @param beat how often a replica shows that it lives: its heartbeat
/// @param lease after how much silence of a replica others take its lanes
/// @param maxAge how long a job may run before what is open expires
@ConfigurationProperties("pointsman.batch")
public record ReplicaProperties(Duration beat, Duration lease, Duration maxAge) {
    public ReplicaProperties {
        positive("beat", beat);
        positive("max-age", maxAge);
        if (lease.compareTo(beat.multipliedBy(3)) < 0) {
            throw new IllegalArgumentException(
                    "lease: must be at least three beats of %s, was %s".formatted(beat, lease));
        }
    }
}
