package pointsman.tablejob;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import pointsman.dialect.Dialects;
import pointsman.http.FormReader;
import pointsman.http.Methods;
import pointsman.http.WorkThreads;
import pointsman.job.Choosing;
import pointsman.job.Destinations;
import pointsman.job.JobProperties;
import pointsman.job.RequestProperties;
import pointsman.job.TableProperties;
import pointsman.job.run.LaneSender;
import pointsman.job.store.JobStores;
import pointsman.table.TableLimits;
import pointsman.table.TableMemory;

/// Table jobs, and their routes.
@Configuration(proxyBeanMethods = false)
class TableJobConfiguration {
    private static final long CELLS_PER_BYTE = 64;

    @Bean
    TierSplit tierSplit(Choosing choosing, Dialects dialects) {
        return new TierSplit(choosing, new RowRequests(dialects));
    }

    @Bean
    TablePlanner tablePlanner(Destinations destinations) {
        return new TablePlanner(destinations);
    }

    @Bean
    TableInputs tableInputs(TableProperties limits, RequestProperties requests, JobStores stores, TableMemory memory) {
        long upload = requests.upload().toBytes();
        var tables = new TableLimits(
                limits.rows(),
                limits.columns(),
                Math.toIntExact(limits.cell().toBytes()),
                upload * CELLS_PER_BYTE,
                limits.unpacked().toBytes());
        return new TableInputs(
                stores.uploads(), tables, memory, limits.prompts().toBytes());
    }

    @Bean
    TableJob tableJob(TableInputs inputs, TierSplit split, TablePlanner planner, JobStores stores) {
        return new TableJob(inputs, split, planner, new TrialJudge(stores));
    }

    @Bean
    DryRun dryRun(TierSplit split, TablePlanner planner, RequestProperties limits) {
        return new DryRun(split, planner, limits.dryRunRows());
    }

    @Bean
    TableJobsEndpoint tableJobsEndpoint(
            FormReader forms,
            TableInputs inputs,
            JobStores stores,
            DryRun dryRun,
            TierSplit split,
            JobProperties properties) {
        return new TableJobsEndpoint(
                forms, inputs, stores, dryRun, split, properties.lanes().most());
    }

    @Bean
    TableJobRoutes tableJobRoutes(
            WorkThreads threads, JobStores stores, TableInputs inputs, LaneSender sender, RequestProperties limits) {
        var results = new Results(stores.lanes(), inputs);
        return new TableJobRoutes(threads, stores, inputs, results, sender, limits.unread());
    }

    @Bean
    HandlerMapping tableJobMapping(TableJobsEndpoint create, TableJobRoutes routes) {
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/v1/table-jobs",
                        new Methods(Map.of(HttpMethod.POST, create, HttpMethod.GET, routes.list())),
                        "/v1/table-jobs/{id}",
                        new Methods(Map.of(HttpMethod.GET, routes.look(), HttpMethod.DELETE, routes.delete())),
                        "/v1/table-jobs/{id}/events",
                        Methods.only(HttpMethod.GET, routes.watch()),
                        "/v1/table-jobs/{id}/results",
                        Methods.only(HttpMethod.GET, routes.results())),
                -1);
    }
}
