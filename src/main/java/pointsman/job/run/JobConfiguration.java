package pointsman.job.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import pointsman.access.AccessProperties;
import pointsman.cache.ProviderCache;
import pointsman.cache.ProviderCaches;
import pointsman.dialect.Dialects;
import pointsman.failure.StartRefused;
import pointsman.fleet.Dispatcher;
import pointsman.fleet.Model;
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
import pointsman.route.Routes;
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
    private static final String AUTO = "auto", NONE = "none";
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
        return new LaneSender(
                stores, questions, replicas.beat(), name -> laneLimit(name, properties, upstreams, locals));
    }

    /// A local model answers as many questions at once as it has slots; a lane stays on one of them. Of a
    /// model with several deployments each has its places.
    private static int laneLimit(String name, JobProperties properties, Models models, LocalModels locals) {
        return models.named(name).stream()
                .flatMap(model -> model.deployments().stream())
                .mapToInt(each -> each.isLocal()
                        ? locals.start(each.id()).slots()
                        : properties.lanes().remote())
                .reduce(Integer::sum)
                .orElse(properties.lanes().remote());
    }

    /// Nobody waits for the first item of a job, so its score may wait for its turn behind those of chats.
    @Bean
    @SuppressWarnings("NullAway") // a score is never empty
    Choosing choosing(ModelNames names, Models models, Routes routes, PromptScorer scorer) {
        var router = new Router(
                names,
                models,
                routes,
                (text, ladder) -> scorer.scores(text, ladder, SCORE_PATIENCE).toFuture());
        return new Choosing(router, new Scoring(scorer.threads()));
    }

    @Bean
    Destinations destinations(Router router, Models models, JobProperties properties, LaneSender sender)
            throws IOException {
        var list = properties.cacheRules().isEmpty()
                ? ProviderCache.packaged()
                : ProviderCache.of(Path.of(properties.cacheRules()));
        var known = new ProviderCaches(list);
        models.all().forEach(model -> cache(model, known, properties));
        return new Destinations(router, models, model -> cache(model, known, properties), sender::limit);
    }

    /// The rule of the model's first deployment: conversations and lanes stay on one, and those of one
    /// model are mostly of one kind. Nobody caches prompts for embeddings.
    private static ProviderCache cache(Model model, ProviderCaches known, JobProperties properties) {
        var rule = properties.providers().getOrDefault(model.name(), AUTO);
        var host = model.deployments().getFirst().provider().address().host();
        return known.of(host, model.local(), model.name().equals(Models.EMBEDDINGS) && rule.equals(AUTO) ? NONE : rule);
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
