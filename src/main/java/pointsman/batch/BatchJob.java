package pointsman.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import pointsman.access.Tenant;
import pointsman.batch.JobPlan.Leg;
import pointsman.batch.LanePlan.Arm;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.score.PromptScorer;
import pointsman.tier.Decision;
import pointsman.tier.Tier;
import pointsman.tier.TierPolicy;
import pointsman.upstream.ModelNames;
import pointsman.upstream.Upstreams;
import tools.jackson.databind.json.JsonMapper;

/// The path of a batch of requests: read, score, order, begin, send, finish.
///
/// A request is sent as it was written, for a client may have chosen the order of its own words; only the order
/// of the requests is ours. Sorted by the text of their messages they stand in a depth-first order of the tree
/// of their beginnings, so that those of one shape, with one instruction, follow one another, and the lanes are
/// cut where neighbours share least.
final class BatchJob {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Uploads uploads;
    private final int mostRequests;
    private final ModelNames models;
    private final PromptScorer scorer;
    private final Dialects dialects;
    private final Upstreams upstreams;
    private final Map<Tier, ProviderCache> caches;
    private final Beginning beginning;
    private final LaneSender sender;
    private final BatchResults results;
    private final JobStore jobs;

    BatchJob(
            Uploads uploads,
            int mostRequests,
            ModelNames models,
            PromptScorer scorer,
            Dialects dialects,
            Upstreams upstreams,
            Map<Tier, ProviderCache> caches,
            Beginning beginning,
            LaneSender sender,
            BatchResults results,
            JobStore jobs) {
        this.uploads = uploads;
        this.mostRequests = mostRequests;
        this.models = models;
        this.scorer = scorer;
        this.dialects = dialects;
        this.upstreams = upstreams;
        this.caches = new EnumMap<>(caches);
        this.beginning = beginning;
        this.sender = sender;
        this.results = results;
        this.jobs = jobs;
    }

    /// Runs a batch to its end, together with every other replica that has places free.
    void run(Job job) throws InterruptedException {
        if (beginning.isOurs(job)) {
            var spec = BatchSpec.of(job.spec());
            var requests = read(spec);
            beginning.begin(job, order(requests, score(job, spec, requests)));
        }
        sender.send(job, new AnswerReader.Whole(), Long.MAX_VALUE);
        if (jobs.isSettled(job.id())) {
            results.write(jobs.get(job.id()), read(BatchSpec.of(job.spec())));
            jobs.finish(job.id());
        }
    }

    private List<BatchRequests.Line> read(BatchSpec spec) {
        var read = BatchRequests.read(uploads.path(spec.inputFile()), spec.endpoint(), mostRequests);
        if (!read.errors().isEmpty()) {
            throw new Failure.BadRequest("invalid_batch", JSON.writeValueAsString(read.errors()), Optional.empty())
                    .asException();
        }
        return read.requests();
    }

    /// The questions in the order of the file, with the tier that each goes to.
    private List<Question> score(Job job, BatchSpec spec, List<BatchRequests.Line> requests)
            throws InterruptedException {
        var tenant = new Tenant(job.tenant(), PolicyText.read(spec.policy()), Set.copyOf(spec.models()));
        var questions = new ArrayList<Question>();
        var problems = new ArrayList<BatchRequests.Problem>();
        for (int item = 0; item < requests.size(); item++) {
            try {
                var body = JSON.writeValueAsString(requests.get(item).body());
                questions.add(new Question(List.of(List.of(item)), body, decide(tenant, body)));
            } catch (FailureException e) {
                problems.add(new BatchRequests.Problem(
                        e.failure().code(), e.failure().message(), item + 1));
            }
        }
        if (!problems.isEmpty()) {
            throw new Failure.BadRequest(
                            "invalid_batch",
                            JSON.writeValueAsString(problems.subList(0, Math.min(100, problems.size()))),
                            Optional.empty())
                    .asException();
        }
        return questions;
    }

    private Decision decide(Tenant tenant, String body) throws InterruptedException {
        var request = dialects.read(Dialect.OPENAI_CHAT, body.getBytes(StandardCharsets.UTF_8));
        if (request.stream()) {
            throw Failure.BadRequest.inField("stream", "A request of a batch cannot be a stream.")
                    .asException();
        }
        var unreadable = upstreams.of(Tier.SMALL).cannotRead(request.attachments());
        return switch (TableRequest.policy(tenant, request.model(), models)) {
            case TierPolicy.Fixed(var decision) -> decision;
            case TierPolicy.Threshold _
            when unreadable.isPresent() ->
                new Decision.BeyondSmall(unreadable.get().label());
            case TierPolicy.Threshold _
            when !upstreams.of(Tier.SMALL).fits(request.size()) -> new Decision.BeyondSmall("too_long");
            case TierPolicy.Threshold threshold -> scored(request.textToScore(), threshold);
        };
    }

    private Decision scored(String text, TierPolicy.Threshold threshold) throws InterruptedException {
        var decision = scorer.score(text, threshold.calibration(), PATIENCE)
                .map(threshold::decide)
                .toFuture();
        try {
            return decision.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("scoring never fails", e.getCause());
        }
    }

    private JobPlan order(List<BatchRequests.Line> requests, List<Question> questions) {
        var legs = new ArrayList<Leg>();
        for (var tier : Tier.values()) {
            var its = IntStream.range(0, questions.size())
                    .filter(item -> questions.get(item).decision().tier() == tier)
                    .boxed()
                    .sorted(Comparator.comparing(item ->
                            JSON.writeValueAsString(requests.get(item).body().path("messages"))))
                    .map(questions::get)
                    .toList();
            var cache = caches.get(tier);
            if (!its.isEmpty() && cache != null) {
                int lanes = Math.clamp(Math.ceilDiv(its.size(), 4), 1, sender.limit(tier));
                legs.add(new Leg(Sending.of(tier, its, cache, new Tokens()), cache, lanes, Arm.SENT));
            }
        }
        return new JobPlan(questions.size(), legs, JSON.createObjectNode());
    }
}
