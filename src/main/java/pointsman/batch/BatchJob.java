package pointsman.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import pointsman.access.Tenant;
import pointsman.dialect.Dialects;
import pointsman.dialect.ModelRequest;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.job.Endpoint;
import pointsman.job.Job;
import pointsman.job.JobPlan;
import pointsman.job.JobStart;
import pointsman.job.JobStore;
import pointsman.job.LaneSender;
import pointsman.job.PolicyText;
import pointsman.job.Question;
import pointsman.job.ReplyReader;
import pointsman.job.Uploads;
import pointsman.route.Grounds;
import pointsman.table.TableMemory;
import pointsman.tablejob.TableJob;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// The path of a batch of requests: read, score, plan, begin, send, finish.
///
/// A request is sent as it was written, for a client may have chosen the order of its own words; only the order
/// of the requests is ours, unless the client says that fields may move (`pointsman_orders` in the batch's
/// metadata). Either way requests that begin alike follow one another, and lanes are cut where neighbours share
/// least.
public final class BatchJob {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_PROBLEMS = 100;
    private static final long PER_BYTE = 3;

    private final Uploads uploads;
    private final TableMemory memory;
    private final int mostRequests;
    private final Dialects dialects;
    private final RequestSplit split;
    private final BatchPlanner planner;
    private final JobStart beginning;
    private final LaneSender sender;
    private final BatchResults results;
    private final JobStore jobs;

    BatchJob(
            Uploads uploads,
            TableMemory memory,
            int mostRequests,
            Dialects dialects,
            RequestSplit split,
            BatchPlanner planner,
            JobStart beginning,
            LaneSender sender,
            BatchResults results,
            JobStore jobs) {
        this.uploads = uploads;
        this.memory = memory;
        this.mostRequests = mostRequests;
        this.dialects = dialects;
        this.split = split;
        this.planner = planner;
        this.beginning = beginning;
        this.sender = sender;
        this.results = results;
        this.jobs = jobs;
    }

    /// Runs a batch to its end, together with every other replica that has places free.
    public void run(Job job) throws InterruptedException {
        var spec = BatchSpec.of(job.spec());
        if (beginning.isOurs(job)) {
            try (var _ = room(job, spec)) {
                var requests = read(spec);
                score(job, spec, requests).ifPresent(questions -> beginning.begin(job, plan(spec, questions)));
            }
        }
        sender.send(job, new ReplyReader.Whole(spec.kind()), Long.MAX_VALUE);
        if (jobs.isSettled(job.id())) {
            jobs.finalizing(job.id());
            try (var _ = room(job, spec)) {
                results.write(jobs.get(job.id()), read(spec));
            }
            jobs.finish(job.id());
        }
    }

    /// The memory for a file's requests as texts, and for the plan.
    private TableMemory.Share room(Job job, BatchSpec spec) {
        var held = memory.open(job.tenant());
        try {
            held.take(PER_BYTE * uploads.path(spec.inputFile()).toFile().length());
            return held;
        } catch (UncheckedIOException e) {
            held.close();
            throw TableJob.refused(Objects.requireNonNull(e.getCause()));
        }
    }

    private List<BatchRequests.Line> read(BatchSpec spec) {
        var read = BatchRequests.read(uploads.path(spec.inputFile()), spec.endpoint(), mostRequests);
        refuse(read.errors());
        return read.requests();
    }

    /// The questions in the order of the file, with who answers each; empty if the batch was cancelled meanwhile.
    private Optional<List<Question>> score(Job job, BatchSpec spec, List<BatchRequests.Line> requests)
            throws InterruptedException {
        var tenant = new Tenant(job.tenant(), PolicyText.read(spec.policy()), Set.copyOf(spec.models()));
        check(spec.kind(), tenant, requests);
        return split.scoring()
                .all(
                        requests.size(),
                        item -> decide(spec.kind(), tenant, requests.get(item))
                                .map(grounds -> new Question(
                                        List.of(List.of(item)),
                                        requests.get(item).body(),
                                        grounds)),
                        scored -> !sender.isStopping() && beginning.isWanted(job, scored));
    }

    /// Nothing is sent of a batch in which any request is wrong.
    private void check(Endpoint endpoint, Tenant tenant, List<BatchRequests.Line> requests) {
        var problems = new ArrayList<BatchRequests.Problem>();
        for (var request : requests) {
            try {
                var _ = decide(endpoint, tenant, request);
            } catch (FailureException e) {
                problems.add(new BatchRequests.Problem(
                        e.failure().code(), e.failure().message(), request.number()));
            }
        }
        refuse(problems);
    }

    private Mono<Grounds> decide(Endpoint endpoint, Tenant tenant, BatchRequests.Line line) {
        ModelRequest request = dialects.read(
                endpoint.dialect(), endpoint.operation(), line.body().getBytes(UTF_8));
        return split.decide(tenant, request);
    }

    private static void refuse(List<BatchRequests.Problem> problems) {
        if (!problems.isEmpty()) {
            var told = problems.subList(0, Math.min(MOST_PROBLEMS, problems.size()));
            throw new Failure.BadRequest("invalid_batch", JSON.writeValueAsString(told), Optional.empty())
                    .asException();
        }
    }

    private JobPlan plan(BatchSpec spec, List<Question> questions) {
        return planner.plan(questions, spec.kind(), spec.orders());
    }
}
