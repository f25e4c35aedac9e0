package pointsman.batch;

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
import pointsman.job.ReplicaProperties;
import pointsman.job.TableProperties;
import pointsman.job.store.JobStores;
import pointsman.table.TableMemory;

/// OpenAI's files and batches, and their routes.
@Configuration(proxyBeanMethods = false)
class BatchConfiguration {
    @Bean
    BatchInputs batchInputs(JobStores stores, TableMemory memory, TableProperties limits) {
        return new BatchInputs(stores.uploads(), memory, limits.rows());
    }

    @Bean
    BatchJob batchJob(
            BatchInputs inputs, Dialects dialects, Choosing choosing, Destinations destinations, JobStores stores) {
        var results = new BatchResults(stores.lanes(), stores.files(), stores.uploads());
        return new BatchJob(inputs, dialects, choosing, new BatchPlanner(destinations), results, stores.jobs());
    }

    @Bean
    HandlerMapping batchMapping(ReplicaProperties properties, JobStores stores, FormReader forms, WorkThreads threads) {
        var files = new FileRoutes(forms, threads, stores.files(), stores.jobs());
        var batches = new BatchRoutes(forms, threads, stores, properties.maxAge());
        return new SimpleUrlHandlerMapping(
                Map.of(
                        "/v1/files",
                        new Methods(Map.of(HttpMethod.POST, files.upload(), HttpMethod.GET, files.list())),
                        "/v1/files/{id}",
                        new Methods(Map.of(HttpMethod.GET, files.look(), HttpMethod.DELETE, files.delete())),
                        "/v1/files/{id}/content",
                        Methods.only(HttpMethod.GET, files.content()),
                        "/v1/batches",
                        new Methods(Map.of(HttpMethod.POST, batches.create(), HttpMethod.GET, batches.list())),
                        "/v1/batches/{id}",
                        Methods.only(HttpMethod.GET, batches.look()),
                        "/v1/batches/{id}/cancel",
                        Methods.only(HttpMethod.POST, batches.cancel())),
                -1);
    }
}
