package pointsman.job.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.access.AccessProperties;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCaches;
import pointsman.dialect.Dialects;
import pointsman.failure.StartRefused;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Models;
import pointsman.fleet.local.LocalModels;
import pointsman.http.FormLimits;
import pointsman.http.FormReader;
import pointsman.http.WorkThreads;
import pointsman.job.Choosing;
import pointsman.job.Destinations;
import pointsman.job.JobProperties;
import pointsman.job.JobSteps;
import pointsman.job.ReplicaProperties;
import pointsman.job.RequestProperties;
import pointsman.job.Scoring;
import pointsman.job.TableProperties;
import pointsman.job.store.Database;
import pointsman.job.store.JobStores;
import pointsman.job.store.Uploads;
import pointsman.route.ModelNames;
import pointsman.route.Router;
import pointsman.score.PromptScorer;
import pointsman.table.TableMemory;
import pointsman.usage.Ledger;

/// The engine of jobs: its store, its threads, its sending.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    JobProperties.class,
    ReplicaProperties.class,
    RequestProperties.class,
    TableProperties.class
})
class JobConfiguration {
    private static final Duration SCORE_PATIENCE = Duration.ofSeconds(30);

    @Bean
    Database jobDatabase(JobProperties properties) {
        try {
            return Database.open(properties.dataDirectory(), properties.store());
        } catch (IOException | RuntimeException e) {
            throw new StartRefused(
                    "pointsman.batch: the store of jobs cannot be opened: %s".formatted(e.getMessage()),
                    "Make %s writable, name another pointsman.batch.data-directory (POINTSMAN_DATA), or correct pointsman.batch.store."
                            .formatted(properties.dataDirectory()));
        }
    }

    @Bean
    Uploads uploads(JobProperties properties, Database database) throws IOException {
        return new Uploads(properties.dataDirectory());
    }

    @Bean
    WorkThreads workThreads() {
        return new WorkThreads();
    }

    @Bean
    FormReader formReader(RequestProperties requests, TableProperties tables, Uploads uploads, WorkThreads threads) {
        var limits = new FormLimits(
                requests.upload(), requests.form(), requests.uploadTimeout(), tables.rows(), tables.cell());
        return new FormReader(limits, uploads.arrivals(), threads);
    }

    @Bean
    JobStores jobStores(Database database, Uploads uploads, ReplicaProperties replicas, RequestProperties limits)
            throws IOException {
        var stores = JobStores.of(database, uploads, replicas.lease(), limits);
        uploads.sweep(id -> stores.jobs().isKnown(id) || stores.files().isKnown(id));
        return stores;
    }

    @Bean
    TableMemory tableMemory(TableProperties limits, AccessProperties access) {
        long bytes = Runtime.getRuntime().maxMemory() / 100 * limits.memoryPercent();
        int share = access.tenants().size() > 1 ? limits.tenantPercent() : 100;
        return new TableMemory(bytes, bytes * share / 100);
    }

    @Bean
    QuestionSender questionSender(
            Dispatcher dispatcher, Dialects dialects, Router router, Ledger ledger, JobProperties properties) {
        return new DispatchedQuestions(dispatcher, dialects, router, ledger, properties.pace());
    }

    @Bean
    LaneSender laneSender(
            JobStores stores,
            QuestionSender questions,
            JobProperties properties,
            ReplicaProperties replicas,
            Models upstreams,
            LocalModels locals) {
        return new LaneSender(stores, questions, replicas.beat(), laneLimits(properties, upstreams, locals));
    }

    /// A local model answers as many questions at once as it has slots; a lane stays on one of them.
    private static Map<String, Integer> laneLimits(JobProperties properties, Models upstreams, LocalModels locals) {
        var limits = new HashMap<String, Integer>();
        for (var upstream : upstreams.all()) {
            int slots = upstream.local()
                    ? locals.start(upstream.id()).slots()
                    : properties.lanes().remote();
            limits.put(upstream.name(), slots);
        }
        return limits;
    }

    /// Nobody waits for the first item of a job, so its score may wait for its turn behind those of chats.
    @Bean
    @SuppressWarnings("NullAway") // a score is never empty
    Choosing choosing(ModelNames names, Models models, PromptScorer scorer) {
        var router = new Router(
                names,
                models,
                (text, calibration) ->
                        scorer.score(text, calibration, SCORE_PATIENCE).toFuture());
        return new Choosing(router, new Scoring(scorer.threads()));
    }

    @Bean
    Destinations destinations(Models upstreams, JobProperties properties, LaneSender sender) throws IOException {
        return new Destinations(upstreams, caches(upstreams, properties), sender::limit);
    }

    private static Map<String, ProviderCache> caches(Models upstreams, JobProperties properties) throws IOException {
        var list = properties.cacheRules().isEmpty()
                ? ProviderCache.packaged()
                : ProviderCache.of(Path.of(properties.cacheRules()));
        var known = new ProviderCaches(list);
        var names = properties.providers();
        var caches = new HashMap<String, ProviderCache>();
        for (var upstream : upstreams.all()) {
            var host = String.valueOf(upstream.provider().baseUrl().getHost());
            caches.put(upstream.name(), known.of(host, upstream.local(), names.of(upstream.name())));
        }
        return caches;
    }

    @Bean
    JobRunner jobRunner(
            JobStores stores,
            List<? extends JobSteps<?, ?, ?>> kinds,
            LaneSender sender,
            ReplicaProperties properties) {
        return new JobRunner(stores, kinds, sender, properties);
    }
}
