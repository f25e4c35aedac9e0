package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.testing.Client;
import pointsman.testing.Eventually;
import pointsman.testing.Gateway;
import pointsman.testing.Jobs;
import pointsman.testing.RawConnection;
import pointsman.testing.Reply;

/// However an upload ends, nothing of it stays on the disk but what was kept on purpose; and what is no form is a 400.
@Timeout(90)
class UploadsEndToEndTest {
    private static final Gateway GATEWAY = Gateway.shared();
    private static final Path DATA =
            Path.of(GATEWAY.context().getEnvironment().getRequiredProperty("pointsman.batch.data-directory"));
    private static final String BIG = "0123456789abcdef".repeat(40_000);
    private static final String TYPE = "multipart/form-data; boundary=b";
    private static final String TABLE = "form-data; name=\"table\"; filename=\"t.csv\"";
    private static final String FILE = "form-data; name=\"file\"; filename=\"f.jsonl\"";

    private final Client client = GATEWAY.client();

    @Test
    void aRefusedUploadLeavesNothing() throws Exception {
        var before = files();

        var unknownPurpose = upload("/v1/files", part(FILE, BIG), part("form-data; name=\"purpose\"", "none"));
        var wrongField = upload("/v1/files", part(FILE.replace("file\"", "data\""), BIG));
        var twice = upload("/v1/files", part(FILE, BIG), part(FILE, BIG));
        var tooMany = upload(
                "/v1/files",
                (part(FILE, BIG) + part("form-data; name=\"x\"", "1").repeat(40)));
        var noTable = upload("/v1/table-jobs", part(TABLE, "a\n\"" + BIG));
        var dryRun = upload("/v1/table-jobs?dry_run=true", part(TABLE, "a\n" + BIG + "\n"), ask());

        assertThat(List.of(unknownPurpose, wrongField, twice, tooMany, noTable))
                .allSatisfy(reply -> assertThat(reply.status()).as(reply.text()).isIn(400, 413));
        assertThat(dryRun.status()).as(dryRun.text()).isEqualTo(200);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void anUploadThatIsCutLeavesNothing() throws Exception {
        var before = files();
        try (var raw = new RawConnection(GATEWAY)) {
            raw.sendHead("POST /v1/files", "content-type: " + TYPE, "content-length: 9000000");
            raw.send(part(FILE, BIG));
            Eventually.holds("it comes in", Duration.ofSeconds(20), () -> !files().equals(before));
            raw.reset();
        }

        Eventually.holds("nothing is left", Duration.ofSeconds(20), () -> files().equals(before));
    }

    @Test
    void whatIsDeletedIsGoneFromTheDisk() throws Exception {
        var before = files();
        var file = upload("/v1/files", part(FILE, BIG), part("form-data; name=\"purpose\"", "batch"))
                .json()
                .path("id")
                .asString();
        var job = upload("/v1/table-jobs", part(TABLE, "a,b\n1,2\n"), ask())
                .json()
                .path("id")
                .asString();
        new Jobs(client).await(job);
        assertThat(files()).hasSize(before.size() + 2);

        client.send("DELETE", "/v1/files/" + file, new byte[0]);
        client.send("DELETE", "/v1/table-jobs/" + job, new byte[0]);

        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no form",
                "--b\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: attachment; filename=\"x\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"table\"; filename*=utf-8''%\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: ;;;=\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"table\"; filename=\"\0.csv\"\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"table\"; filename=\"/\"\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nContent-Type: ///\r\nContent-Disposition: form-data; name=\"table\"\r\n\r\nx\r\n--b--\r\n",
                "--b\r\nnonsense\r\n\r\nx\r\n--b--\r\n",
                "--other\r\nContent-Disposition: form-data; name=\"table\"\r\n\r\nx\r\n--other--\r\n",
                "--b\r\nContent-Disposition: form-data; name=\"table\"; filename=\"t.csv\"\r\n\r\na\n1",
                "--b\r\nContent-Disposition: form-data; name=\"table\"",
                "--b--\r\n"
            })
    void whatIsNoFormIsA400WithWords(String body) throws Exception {
        for (var path : List.of("/v1/table-jobs", "/v1/files")) {
            var reply = client.send("POST", path, body.getBytes(UTF_8), "content-type", TYPE);

            assertThat(reply.status()).as(reply.text()).isEqualTo(400);
            assertThat(reply.json().at("/error/message").asString())
                    .isNotBlank()
                    .doesNotContain("springframework", "Exception");
        }
    }

    /// A value takes some hundred bytes of memory, and some parts may hold what one may not.
    @Test
    void theValuesOfAllPartsAreCountedTogether() throws Exception {
        var many = "[" + "0,".repeat(60_000) + "0]";

        var one = upload("/v1/table-jobs?dry_run=true", part(TABLE, "a\n1\n"), part("form-data; name=\"x\"", many));
        var two = upload(
                "/v1/table-jobs?dry_run=true",
                part("form-data; name=\"x\"", many),
                part("form-data; name=\"y\"", many),
                part(TABLE, "a\n1\n"));

        assertThat(one.json().at("/error/message").asString()).doesNotContain("100,000");
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.json().at("/error/message").asString()).contains("more than 100,000 values");
    }

    @Test
    void aFileNameThatNoStoreCanHoldIsA400() throws Exception {
        var name = "form-data; name=\"file\"; filename*=utf-8''a%00b";

        var reply = upload("/v1/files", part(name, "{}"), part("form-data; name=\"purpose\"", "batch"));

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asString()).isEqualTo("file");
    }

    @Test
    void anIdempotencyKeyHasALimitForBatchesToo() throws Exception {
        var file = upload("/v1/files", part(FILE, "{}"), part("form-data; name=\"purpose\"", "batch"))
                .json()
                .path("id")
                .asString();
        var batch = "{\"input_file_id\":\"%s\",\"endpoint\":\"/v1/chat/completions\",\"completion_window\":\"24h\"}"
                .formatted(file);

        var reply = client.post("/v1/batches", batch, "idempotency-key", "k".repeat(256));
        client.send("DELETE", "/v1/files/" + file, new byte[0]);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().at("/error/param").asString()).isEqualTo("Idempotency-Key");
    }

    @Test
    void aRouteThatTakesJsonAloneTakesNoForm() throws Exception {
        var reply = client.send("POST", "/v1/batches", "--b--\r\n".getBytes(UTF_8), "content-type", TYPE);

        assertThat(reply.status()).as(reply.text()).isEqualTo(415);
        assertThat(reply.errorCode()).isEqualTo("unsupported_media_type");
    }

    @Test
    void aFormWithoutABoundaryIsA400() throws Exception {
        var reply = client.send("POST", "/v1/files", "x".getBytes(UTF_8), "content-type", "multipart/form-data");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/error/message").asString()).contains("boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rows\": [{\"a\": 1, \"a\": 2}]",
                "{\"rows\": [{\"a\": 1, \"a\": 2}], \"model\": \"small\", \"instruction\": \"x\"}",
                "{\"rows\": [], \"rows\": [], \"model\": \"small\", \"instruction\": \"x\"}",
                "{\"model\": \"small\", \"model\": \"large\", \"instruction\": \"x\", \"rows\": [{\"a\": 1}]}",
                "{\"instruction\": \"x\", \"rows\": [1]}",
                "[1]",
                "{} {}",
                "{\"a\": \"\ud800"
            })
    void aBodyThatIsNoTableJobIsA400(String body) throws Exception {
        var reply = client.post("/v1/table-jobs", body);

        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    }

    @Test
    void numbersOfInlineRowsKeepTheirDigits() throws Exception {
        var jobs = new Jobs(client);
        GATEWAY.forget();
        var reply = client.post(
                "/v1/table-jobs",
                "{\"model\": \"small\", \"instruction\": \"x\", \"rows\": [{\"a\": 0.1000000000000000055511151231257827}]}");
        jobs.await(reply.json().path("id").asString());

        assertThat(GATEWAY.small().onlyCall().text()).contains("0.1000000000000000055511151231257827");
    }

    private Reply upload(String path, String... parts) throws IOException, InterruptedException {
        var body = String.join("", parts) + "--b--\r\n";
        return client.send("POST", path, body.getBytes(UTF_8), "content-type", TYPE);
    }

    private static String part(String disposition, String content) {
        return "--b\r\nContent-Disposition: %s\r\n\r\n%s\r\n".formatted(disposition, content);
    }

    private static String ask() {
        return part("form-data; name=\"instruction\"", "Is it?") + part("form-data; name=\"model\"", "small");
    }

    /// Every file of the uploads, wherever it lies.
    private static List<String> files() throws IOException {
        try (var files = Files.walk(DATA)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> DATA.relativize(file).toString())
                    .filter(name -> !name.startsWith("jobs.db"))
                    .sorted()
                    .toList();
        }
    }
}
