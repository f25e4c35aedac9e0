package pointsman.surface;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `pointsman.surfaces`: the limits of requests for images, sound, moderation and reranking.
///
/// @param maxBody bytes of a request, its files among them
/// @param bodyTimeout for the client to send it
/// @param totalTimeout from a request's arrival to the last byte of its answer
@ConfigurationProperties("pointsman.surfaces")
record SurfaceProperties(DataSize maxBody, Duration bodyTimeout, Duration totalTimeout) {
    public SurfaceProperties {
        if (maxBody.toBytes() < 1_024 || maxBody.toBytes() > 512L << 20) {
            throw new IllegalArgumentException("max-body: must be 1KB to 512MB, was " + maxBody);
        }
        positive("body-timeout", bodyTimeout);
        positive("total-timeout", totalTimeout);
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("%s: must be longer than nothing, was %s".formatted(name, value));
        }
    }
}
