package pointsman.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Table jobs of a [Gateway], as a client makes and watches them.
public final class Jobs {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Client client;

    public Jobs(Client client) {
        this.client = client;
    }

    /// A job's JSON over inline rows; `options` is a JSON object.
    public static ObjectNode ask(String model, String instruction, List<ObjectNode> rows, String options) {
        var job = JSON.createObjectNode().put("model", model).put("instruction", instruction);
        job.set("options", JSON.readTree(options));
        rows.forEach(job.putArray("rows")::add);
        return job;
    }

    /// One column `n` with the numbers from 0 on.
    public static List<ObjectNode> numbers(int rows) {
        return IntStream.range(0, rows)
                .mapToObj(n -> JSON.createObjectNode().put("n", n))
                .collect(Collectors.toList());
    }

    /// Creates a job and returns its id.
    public String create(ObjectNode job, String... headers) throws IOException, InterruptedException {
        var reply = client.post("/v1/table-jobs", job.toString(), headers);
        if (reply.status() != 202 && reply.status() != 200) {
            throw new AssertionError(reply.status() + ": " + reply.text());
        }
        return reply.json().path("id").asString();
    }

    public JsonNode dryRun(ObjectNode job) throws IOException, InterruptedException {
        return client.post("/v1/table-jobs?dry_run=true", job.toString()).json();
    }

    public JsonNode look(String id, String... headers) throws IOException, InterruptedException {
        return client.get("/v1/table-jobs/" + id, headers).json();
    }

    /// Waits until a job is over.
    public JsonNode await(String id, String... headers) throws Exception {
        Eventually.holds(
                "the job " + id + " is over", LONGEST, () -> look(id, headers).has("finished_at"));
        return look(id, headers);
    }

    /// The lines of a job's results.
    public List<JsonNode> results(String id) throws IOException, InterruptedException {
        return client.get("/v1/table-jobs/" + id + "/results")
                .text()
                .lines()
                .map(JSON::readTree)
                .toList();
    }
}
