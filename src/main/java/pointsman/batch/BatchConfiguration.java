package pointsman.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
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
import pointsman.http.Methods;
import pointsman.http.WorkThreads;
import pointsman.job.Database;
import pointsman.job.JobProperties;
import pointsman.job.JobRunner;
import pointsman.job.JobStores;
import pointsman.job.LaneSender;
import pointsman.job.QuestionSender;
import pointsman.job.Uploads;
import pointsman.route.ModelNames;
import pointsman.score.PromptScorer;
import pointsman.table.TableLimits;
import pointsman.table.TableMemory;
import pointsman.tablejob.DryRun;
import pointsman.tablejob.Results;
import pointsman.tablejob.TableJob;
import pointsman.tablejob.TableJobRoutes;
import pointsman.tablejob.TableJobsEndpoint;
import pointsman.tablejob.TablePlanner;
import pointsman.tablejob.TierSplit;
import pointsman.usage.Ledger;

/// The beans of this room, and its routes.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
class BatchConfiguration {
    private static final long CELLS_PER_BYTE = 64;

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
    WorkThreads desk() {
        return new WorkThreads();
    }

    @Bean
    FormReader formReader(JobProperties properties, Uploads uploads, WorkThreads desk) {
        var limits = properties.limits();
        return new FormReader(
                new FormLimits(limits.upload(), limits.form(), limits.uploadTimeout(), limits.rows(), limits.cell()),
                uploads.arrivals(),
                desk);
    }

    @Bean
    JobStores jobStores(JobProperties properties, Database database, Uploads uploads) throws IOException {
        var stores = JobStores.of(properties, database, uploads);
        uploads.sweep(id -> stores.jobs().isKnown(id) || stores.files().isKnown(id));
        return stores;
    }

    @Bean
    TableMemory tableMemory(JobProperties properties, AccessProperties access) {
        var limits = properties.limits();
        long bytes = Runtime.getRuntime().maxMemory() / 100 * limits.memoryPercent();
        int share = access.tenants().size() > 1 ? limits.tenantPercent() : 100;
        return new TableMemory(bytes, bytes * share / 100);
    }

    @Bean
    LaneSender laneSender(
            JobStores stores,
            JobProperties properties,
            Dispatcher dispatcher,
            Dialects dialects,
            Models upstreams,
            LocalModels locals,
            Ledger ledger) {
        return new LaneSender(
                stores.jobs(),
                stores.lanes(),
                stores.workers(),
                new QuestionSender(dispatcher, dialects, upstreams, ledger, properties.pace()),
                stores.doorbell(),
                properties.beat(),
                laneLimits(properties, upstreams, locals));
    }

    @Bean
    TablePlanner tablePlanner(Models upstreams, JobProperties properties, LaneSender sender) throws IOException {
        return new TablePlanner(upstreams, caches(upstreams, properties), sender::limit);
    }

    @Bean
    TableJob tableJob(
            JobProperties properties,
            Uploads uploads,
            TableMemory memory,
            JobStores stores,
            PromptScorer scorer,
            Models upstreams,
            TablePlanner planner,
            LaneSender sender) {
        return new TableJob(
                uploads,
                tableLimits(properties.limits()),
                memory,
                properties.limits().prompts().toBytes(),
                properties.lanes().most(),
                new TierSplit(scorer, upstreams),
                planner,
                stores.beginning(),
                sender,
                stores.judge(),
                stores.jobs());
    }

    @Bean
    BatchJob batchJob(
            JobProperties properties,
            Uploads uploads,
            TableMemory memory,
            JobStores stores,
            ModelNames models,
            PromptScorer scorer,
            Dialects dialects,
            Models upstreams,
            LaneSender sender)
            throws IOException {
        return new BatchJob(
                uploads,
                memory,
                properties.limits().rows(),
                dialects,
                new RequestSplit(models, scorer, upstreams),
                new BatchPlanner(upstreams, caches(upstreams, properties), sender::limit),
                stores.beginning(),
                sender,
                new BatchResults(stores.lanes(), stores.files(), uploads),
                stores.jobs());
    }

    @Bean
    JobRunner jobRunner(
            JobStores stores, TableJob tables, BatchJob batches, LaneSender sender, JobProperties properties) {
        return new JobRunner(stores.workers(), stores.jobs(), tables, batches, sender, stores.doorbell(), properties);
    }

    @Bean
    HandlerMapping tableJobMapping(
            JobProperties properties,
            JobStores stores,
            FormReader forms,
            WorkThreads desk,
            Uploads uploads,
            TableJob path,
            TableMemory memory,
            TablePlanner planner,
            PromptScorer scorer,
            Models upstreams,
            ModelNames models,
            LaneSender sender) {
        var dryRun = new DryRun(
                new TierSplit(scorer, upstreams), planner, properties.limits().dryRunRows());
        var create = new TableJobsEndpoint(
                forms, uploads, stores.jobs(), path, dryRun, models, stores.doorbell(), memory, properties);
        var routes = new TableJobRoutes(
                desk,
                stores.jobs(),
                stores.lanes(),
                new Results(stores.lanes(), path, uploads),
                uploads,
                memory,
                stores.doorbell(),
                sender,
                properties.limits().unread());
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/v1/table-jobs", new Methods(Map.of(HttpMethod.POST, create, HttpMethod.GET, routes.list())),
                        "/v1/table-jobs/{id}",
                                new Methods(Map.of(HttpMethod.GET, routes.look(), HttpMethod.DELETE, routes.delete())),
                        "/v1/table-jobs/{id}/events", Methods.only(HttpMethod.GET, routes.watch()),
                        "/v1/table-jobs/{id}/results", Methods.only(HttpMethod.GET, routes.results())),
                -1);
    }

    @Bean
    HandlerMapping batchMapping(JobProperties properties, JobStores stores, FormReader forms, WorkThreads desk) {
        var files = new FileRoutes(forms, desk, stores.files(), stores.jobs());
        var batches = new BatchRoutes(
                forms, desk, stores.jobs(), stores.lanes(), stores.files(), stores.doorbell(), properties);
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/v1/files", new Methods(Map.of(HttpMethod.POST, files.upload(), HttpMethod.GET, files.list())),
                        "/v1/files/{id}",
                                new Methods(Map.of(HttpMethod.GET, files.look(), HttpMethod.DELETE, files.delete())),
                        "/v1/files/{id}/content", Methods.only(HttpMethod.GET, files.content()),
                        "/v1/batches",
                                new Methods(Map.of(HttpMethod.POST, batches.create(), HttpMethod.GET, batches.list())),
                        "/v1/batches/{id}", Methods.only(HttpMethod.GET, batches.look()),
                        "/v1/batches/{id}/cancel", Methods.only(HttpMethod.POST, batches.cancel())),
                -1);
    }

    /// A local model answers as many questions at once as it has slots; a lane stays on one of them.
    private static Map<String, Integer> laneLimits(JobProperties properties, Models upstreams, LocalModels locals) {
        var limits = new HashMap<String, Integer>();
        for (var upstream : upstreams.all()) {
            int slots = upstream.local()
                    ? locals.start(upstream.model()).slots()
                    : properties.lanes().remote();
            limits.put(upstream.name(), slots);
        }
        return limits;
    }

    private static Map<String, ProviderCache> caches(Models upstreams, JobProperties properties) throws IOException {
        var list = properties.cacheRules().isEmpty()
                ? ProviderCache.packaged()
                : ProviderCache.of(Path.of(properties.cacheRules()));
        var known = new ProviderCaches(list);
        var names = properties.providers();
        var caches = new HashMap<String, ProviderCache>();
        for (var upstream : upstreams.all()) {
            caches.put(upstream.name(), known.of(upstream, names.of(upstream.name())));
        }
        return caches;
    }

    private static TableLimits tableLimits(JobProperties.Limits limits) {
        return new TableLimits(
                limits.rows(),
                limits.columns(),
                Math.toIntExact(limits.cell().toBytes()),
                limits.upload().toBytes() * CELLS_PER_BYTE,
                limits.unpacked().toBytes());
    }
}
