package pointsman;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import pointsman.testing.FakeUpstream;
import pointsman.testing.GatewayProcess;
import tools.jackson.databind.json.JsonMapper;

/// Small requests that become gigabytes, at a gateway with 256 MB of heap: each is refused with words, and the process
/// lives.
@Timeout(180)
class OversizedTableTest {
    private static final FakeUpstream UPSTREAM = FakeUpstream.start();
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        gateway = GatewayProcess.of(UPSTREAM.baseUrl());
        gateway.awaitReady();
    }

    @AfterAll
    static void close() throws Exception {
        gateway.close();
        UPSTREAM.close();
    }

    @Test
    void membersOfAGzipFileThatAreAllDifferent() throws Exception {
        var fat = "x".repeat(990_000) + "\n";
        var table = new ByteArrayOutputStream();
        table.writeBytes(zipped("a\n"));
        var member = zipped(fat);
        IntStream.range(0, 600).forEach(row -> {
            table.writeBytes(zipped("%08d".formatted(row)));
            table.writeBytes(member);
        });

        refusesAsNoTable(upload("t.csv.gz", table.toByteArray()), "memory");
    }

    @Test
    void aRepeatedCellThatWouldBeInEveryPrompt() throws Exception {
        refusesAsNoTable(upload("t.csv.gz", zipped("a\n", "y".repeat(900_000) + "\n", 500)), "the cells so far have");
    }

    @Test
    void linesWithNothingInThem() throws Exception {
        refusesAsNoTable(upload("t.jsonl.gz", zipped("", "\n".repeat(1 << 16), 1 << 10)), "blank lines");
        refusesAsNoTable(upload("t.csv.gz", zipped("a,b\n", "\n".repeat(1 << 16), 1 << 10)), "blank lines");
    }

    @Test
    void rowsWithNothingInThem() throws Exception {
        var body = "{\"instruction\":\"x\",\"model\":\"small\",\"rows\":[" + "{},".repeat(4_000_000) + "{}]}";

        refusesAsNoTable(gateway.post("/v1/table-jobs", body), "100,000 rows");
    }

    @Test
    void valuesWithNothingInThem() throws Exception {
        var body = "{\"instruction\":\"x\",\"output\":{\"enum\":[" + "[],".repeat(4_000_000) + "0]},\"rows\":[{}]}";

        var reply = gateway.post("/v1/table-jobs", body);

        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(413);
        assertThat(gateway.get("/healthz")).contains("ok");
    }

    private static void refusesAsNoTable(HttpResponse<String> reply, String words) throws Exception {
        var error = new JsonMapper().readTree(reply.body()).path("error");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        assertThat(error.path("code").asString()).isEqualTo("invalid_table");
        assertThat(error.path("message").asString()).contains(words);
        assertThat(gateway.get("/healthz")).contains("ok");
    }

    private static HttpResponse<String> upload(String name, byte[] table) throws IOException, InterruptedException {
        var head =
                "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nsmall\r\n--b\r\nContent-Disposition: form-data; name=\"instruction\"\r\n\r\nIs it?\r\n--b\r\nContent-Disposition: form-data; name=\"table\"; filename=\"%s\"\r\n\r\n"
                        .formatted(name);
        return gateway.post(
                "/v1/table-jobs?dry_run=true",
                BodyPublishers.concat(
                        BodyPublishers.ofString(head),
                        BodyPublishers.ofByteArray(table),
                        BodyPublishers.ofString("\r\n--b--\r\n")),
                "multipart/form-data; boundary=b");
    }

    private static byte[] zipped(String text) {
        return zipped(text, "", 0);
    }

    private static byte[] zipped(String first, String repeated, int times) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(first.getBytes(UTF_8));
            for (int time = 0; time < times; time++) {
                gzip.write(repeated.getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
