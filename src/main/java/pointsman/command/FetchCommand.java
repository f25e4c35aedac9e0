package pointsman.command;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import pointsman.fleet.FleetProperties;
import pointsman.fleet.FleetProperties.Endpoint;
import pointsman.fleet.local.LocalModelException;
import pointsman.fleet.local.LocalModels;

/// `fetch`: brings the local models onto this machine, so that a later start needs no network.
@Command(
        name = "fetch",
        description = "Fetches the local models that the configuration names, and their engine, and exits.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class FetchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var application = new SpringApplicationBuilder(Rooms.class)
                .web(WebApplicationType.NONE)
                .logStartupInfo(false);
        try (var context = application.run()) {
            var models = context.getBean(LocalModels.class);
            var upstreams = context.getBean(FleetProperties.class);
            Stream.of(upstreams.small(), upstreams.large())
                    .filter(endpoint -> !endpoint.isRemote())
                    .map(Endpoint::local)
                    .distinct()
                    .forEach(models::fetch);
            return ExitCode.OK;
        } catch (LocalModelException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    /// The one room that this command needs, without the gateway around it.
    @ComponentScan(basePackageClasses = LocalModels.class)
    @EnableConfigurationProperties(FleetProperties.class)
    static class Rooms {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
