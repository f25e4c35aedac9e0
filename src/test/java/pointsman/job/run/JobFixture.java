package pointsman.job.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import pointsman.fleet.ApiKey;
import pointsman.job.Endpoint;
import pointsman.job.ItemAnswer;
import pointsman.job.Job;
import pointsman.job.JobProperties.Store;
import pointsman.job.LanePlan;
import pointsman.job.LanePlan.Arm;
import pointsman.job.Question;
import pointsman.job.ReplicaProperties;
import pointsman.job.ReplyReader;
import pointsman.job.RequestProperties;
import pointsman.job.store.Database;
import pointsman.job.store.JobStore.Order;
import pointsman.job.store.JobStores;
import pointsman.job.store.StoreSamples;
import pointsman.job.store.Uploads;
import pointsman.route.Decision;
import pointsman.testing.Defaults;

/// A store of its own in a new directory, jobs in it, and a sender of questions that has no network
/// behind it.
final class JobFixture implements AutoCloseable {
    static final String UPSTREAM = "small";

    private static final Decision DECISION = new Decision.Scored("small", "auto", 0.9, 0.8, "");
    private static final RequestProperties LIMITS = Defaults.of("pointsman.batch.limits", RequestProperties.class);
    /// A heartbeat comes every twentieth of a second.
    static final ReplicaProperties REPLICAS =
            new ReplicaProperties(Duration.ofMillis(50), Duration.ofSeconds(9), Duration.ofHours(1));

    final JobStores stores;
    final FakeQuestions questions = new FakeQuestions();
    private final Database database;
    private final Uploads uploads;

    JobFixture() {
        try {
            var directory = Files.createTempDirectory(Files.createDirectories(Path.of("target", "jobs")), "run-");
            database = Database.open(directory, new Store("", "", new ApiKey(""), 1));
            uploads = new Uploads(directory);
            stores = JobStores.of(database, uploads, REPLICAS.lease(), LIMITS);
            stores.workers().heartbeat();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// @param lanes at once
    LaneSender sender(int lanes) {
        return new LaneSender(stores, questions, REPLICAS.beat(), _ -> lanes);
    }

    /// A queued job.
    Job<String> create(String id) {
        return stores.jobs().create(new Order<>(StoreSamples.KIND, id, "ann", "", "hash", "{}", 0));
    }

    /// A running job with a lane for each size; every lane but the first waits for the first's first
    /// answer.
    Job<String> begin(String id, int... sizes) {
        var job = create(id);
        stores.jobs().takeToPlan(id, stores.workers().self());
        var items = IntStream.of(sizes).sum();
        stores.lanes().begin(id, stores.workers().self(), items, lanes(sizes), "");
        return stores.jobs().get(StoreSamples.KIND, job.id());
    }

    static List<LanePlan> lanes(int... sizes) {
        var lanes = new ArrayList<LanePlan>();
        int first = 0;
        for (int size : sizes) {
            lanes.add(new LanePlan(UPSTREAM, 0, 1, Arm.SENT, questions(first, size)));
            first += size;
        }
        return lanes;
    }

    static List<Question> questions(int first, int size) {
        return IntStream.range(first, first + size)
                .mapToObj(item -> new Question(List.of(List.of(item)), "{\"n\": %d}".formatted(item), DECISION))
                .toList();
    }

    Job<String> get(String id) {
        return stores.jobs().get(StoreSamples.KIND, id);
    }

    List<Integer> answered(String id) {
        return stores.lanes().answers(id, 0, 1_000).stream()
                .map(ItemAnswer::item)
                .toList();
    }

    /// A reader that nobody asks: the fake answers by itself.
    static ReplyReader reader() {
        return new ReplyReader() {
            @Override
            public Endpoint endpoint() {
                return Endpoint.CHAT;
            }

            @Override
            public List<ItemAnswer> read(Question question, byte[] body) {
                throw new IllegalStateException("nothing comes back from a network that is not there");
            }
        };
    }

    @Override
    public void close() throws IOException {
        uploads.close();
        database.close();
    }

    /// What was asked, in the order in which it was.
    static final class Log {
        private final Queue<Integer> items = new ConcurrentLinkedQueue<>();

        void add(JobRequest request) {
            items.add(request.question().groups().getFirst().getFirst());
        }

        List<Integer> items() {
            return List.copyOf(items);
        }
    }
}
