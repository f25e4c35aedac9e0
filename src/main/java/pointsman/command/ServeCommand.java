package pointsman.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.system.ApplicationHome;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;
import reactor.netty.ReactorNetty;

/// `serve`: runs the gateway until it is stopped.
@Command(
        name = "serve",
        description = "Runs the gateway. Any property of application.yml can be given as --name=value.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class ServeCommand implements Callable<Integer> {
    /// The gateway runs on after the command has returned.
    public static final int RUNNING = -1;

    private final Class<?> application;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "An application.yml that overrides what it names of the defaults.")
    private @Nullable Path config;

    @Unmatched
    private List<String> properties = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    /// @param application what is started
    ServeCommand(Class<?> application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        var arguments = new ArrayList<>(checked(properties));
        arguments.add("--spring.config.additional-location=" + String.join(",", locations()));
        StopSignal.endsWithSuccess();
        asManyEventLoopsAsProcessors();
        try {
            var server = new SpringApplication(application);
            server.addListeners(new PreparedBeans(application));
            server.run(arguments.toArray(String[]::new));
            return RUNNING;
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (RuntimeException _) {
            // Spring has printed what is wrong and what to do.
            return ExitCode.SOFTWARE;
        }
    }

    /// Reactor Netty starts four at least: on fewer processors they wake each other up for every part of an answer.
    private static void asManyEventLoopsAsProcessors() {
        var processors = Runtime.getRuntime().availableProcessors();
        System.getProperties().putIfAbsent(ReactorNetty.IO_WORKER_COUNT, Integer.toString(processors));
    }

    private List<String> checked(List<String> given) {
        for (var argument : given) {
            if (!argument.startsWith("--") || !argument.contains("=")) {
                throw new ParameterException(
                        spec.commandLine(), "Unknown argument '%s': properties are --name=value.".formatted(argument));
            }
        }
        return given;
    }

    /// Beside the jar, and what `--config` names. Later ones win.
    private List<String> locations() {
        var locations = new ArrayList<String>();
        locations.add("optional:file:" + new ApplicationHome(application).getDir() + "/");
        if (config != null) {
            if (!Files.isReadable(config)) {
                throw new ParameterException(spec.commandLine(), "--config: cannot read %s".formatted(config));
            }
            locations.add("file:" + config.toAbsolutePath());
        }
        return locations;
    }
}
