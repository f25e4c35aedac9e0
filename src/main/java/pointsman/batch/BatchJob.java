package pointsman.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import pointsman.access.Tenant;
import pointsman.batch.BatchRequests.Line;
import pointsman.batch.BatchRequests.Problem;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.job.Choosing;
import pointsman.job.Endpoint;
import pointsman.job.Job;
import pointsman.job.JobKind;
import pointsman.job.JobPlan;
import pointsman.job.JobSteps;
import pointsman.job.Question;
import pointsman.job.ReplyReader;
import pointsman.job.Scoring.Watch;
import pointsman.job.store.JobStore;

/// A file of requests.
///
/// A request is sent as it was written, for a client may have chosen the order of its own words; only the
/// order of the requests is ours, unless the client says that fields may move (`pointsman_orders` in the
/// batch's metadata). Either way requests that begin alike follow one another, and lanes are cut where
/// neighbours share least.
final class BatchJob implements JobSteps<BatchSpec, BatchInputs.Held, List<Question>> {
    private final BatchInputs inputs;
    private final Dialects dialects;
    private final Choosing choosing;
    private final BatchPlanner planner;
    private final BatchResults results;
    private final JobStore jobs;

    BatchJob(
            BatchInputs inputs,
            Dialects dialects,
            Choosing choosing,
            BatchPlanner planner,
            BatchResults results,
            JobStore jobs) {
        this.inputs = inputs;
        this.dialects = dialects;
        this.choosing = choosing;
        this.planner = planner;
        this.results = results;
        this.jobs = jobs;
    }

    @Override
    public JobKind<BatchSpec> kind() {
        return BatchSpec.KIND;
    }

    @Override
    public BatchInputs.Held read(Job<BatchSpec> job) {
        return inputs.read(job);
    }

    /// The questions in the order of the file, with who answers each.
    @Override
    public Optional<List<Question>> choose(Job<BatchSpec> job, BatchInputs.Held held, Watch watch)
            throws InterruptedException {
        var spec = job.data();
        var tenant = spec.tenant();
        var requests = held.requests();
        check(spec.endpoint(), tenant, requests);
        return choosing.all(tenant, requests.size(), item -> read(spec.endpoint(), requests.get(item)), watch)
                .map(grounds -> IntStream.range(0, requests.size())
                        .mapToObj(item -> new Question(
                                List.of(List.of(item)), requests.get(item).body(), grounds.get(item)))
                        .toList());
    }

    private void check(Endpoint endpoint, Tenant tenant, List<Line> requests) {
        var problems = new ArrayList<Problem>();
        for (var request : requests) {
            try {
                allow(tenant, read(endpoint, request));
            } catch (FailureException e) {
                problems.add(new Problem(e.failure().code(), e.failure().message(), request.number()));
            }
        }
        Problems.refuse(problems);
    }

    private void allow(Tenant tenant, ModelRequest request) {
        if (request.stream()) {
            throw Failure.BadRequest.inField("stream", "A request of a batch cannot be a stream.")
                    .asException();
        }
        var _ = choosing.allow(tenant, request);
    }

    private ModelRequest read(Endpoint endpoint, Line line) {
        return dialects.read(
                endpoint.dialect(), endpoint.operation(), line.body().getBytes(UTF_8));
    }

    @Override
    public JobPlan<BatchSpec> plan(Job<BatchSpec> job, BatchInputs.Held held, List<Question> questions) {
        var spec = job.data();
        return new JobPlan<>(questions.size(), planner.plan(questions, spec.endpoint(), spec.orders()), spec);
    }

    @Override
    public ReplyReader replies(Job<BatchSpec> job) {
        return new WholeReplies(job.data().endpoint());
    }

    /// Answers and errors become files of lines with the client's own ids, which stand in the input file.
    @Override
    public void finish(Job<BatchSpec> job) {
        jobs.finalizing(job.id());
        try (var held = inputs.read(job)) {
            results.write(job, held.requests());
        }
    }
}
