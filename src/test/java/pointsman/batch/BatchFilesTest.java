package pointsman.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.job.store.JobStores;
import pointsman.job.store.StoredFile;
import pointsman.testing.Chat;
import pointsman.testing.Client;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;
import tools.jackson.databind.JsonNode;

/// A batch and the file that it needs until its end.
@Timeout(60)
class BatchFilesTest {
    private static final Gateway GATEWAY = Gateway.shared();
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final JobStores STORES = GATEWAY.context().getBean(JobStores.class);
    private static final byte[] NOTHING = {};

    private final Client client = GATEWAY.client();

    @BeforeEach
    void forgetEarlierCalls() {
        GATEWAY.forget();
    }

    @Test
    void aFileStaysWhileABatchNeedsIt() throws Exception {
        var file = file("slow-first-byte:600");
        var batch = batch(file);

        var early = delete(file);
        awaitStatus(batch, "completed");
        var late = delete(file);

        assertThat(early.status()).isEqualTo(409);
        assertThat(early.errorCode()).isEqualTo("file_in_use");
        assertThat(early.text()).contains(file.id(), batch);
        assertThat(late.status()).isEqualTo(200);
    }

    @Test
    void aBatchWhoseFileIsLostUnderWayFailsAndSaysSo() throws Exception {
        var file = file("slow-first-byte:600");
        var batch = batch(file);
        GATEWAY.small().awaitCall();

        Files.delete(STORES.files().path(file));
        awaitStatus(batch, "failed");

        assertThat(look(batch).at("/errors/data/0/code").asString()).isEqualTo("file_not_found");
        assertThat(delete(file).status()).isEqualTo(200);
    }

    private static StoredFile file(String mode) throws IOException {
        var line = "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":%s}\n"
                .formatted(Chat.ask("small", Chat.mode(mode)));
        var parent = Files.createDirectories(Path.of("target", "jobs"));
        var incoming = Files.writeString(Files.createTempFile(parent, "file-", ".jsonl"), line);
        return STORES.files().keep(StoredFile.newId(), "local", "batch", "f.jsonl", incoming);
    }

    private String batch(StoredFile file) throws IOException, InterruptedException {
        var asked = "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
                .formatted(file.id());
        var reply = client.post("/v1/batches", asked);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("id").asString();
    }

    private void awaitStatus(String batch, String status) throws Exception {
        Eventually.holds(
                "the batch is " + status,
                LONGEST,
                () -> look(batch).path("status").asString().equals(status));
    }

    private JsonNode look(String batch) throws IOException, InterruptedException {
        return client.get("/v1/batches/" + batch).json();
    }

    private Reply delete(StoredFile file) throws IOException, InterruptedException {
        return client.send("DELETE", "/v1/files/" + file.id(), NOTHING);
    }
}
