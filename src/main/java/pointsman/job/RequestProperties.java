package pointsman.job;

import static pointsman.job.Bounds.positive;
import static pointsman.job.Bounds.within;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/// `pointsman.batch.limits`: what requests for jobs and files may be. What tables may be is in [TableProperties].
///
/// @param upload bytes of a table or a file of requests
/// @param form bytes of everything else in a request
/// @param uploadTimeout for the client to send it
/// @param unread how long a client may take nothing of the results that it asked for
/// @param jobs that one tenant may have running
/// @param files that one tenant may keep
/// @param dryRunRows that a dry run scores with the router before it goes by the share of these
@ConfigurationProperties("pointsman.batch.limits")
public record RequestProperties(
        DataSize upload, DataSize form, Duration uploadTimeout, Duration unread, int jobs, int files, int dryRunRows) {
    public RequestProperties {
        within("upload", upload.toBytes(), 1_024, Integer.MAX_VALUE);
        within("form", form.toBytes(), 1_024, 64L << 20);
        positive("upload-timeout", uploadTimeout);
        positive("unread", unread);
        within("jobs", jobs, 1, 10_000);
        within("files", files, 1, 1_000_000);
        within("dry-run-rows", dryRunRows, 1, 100_000);
    }
}
