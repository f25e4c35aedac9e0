package pointsman.lab.server;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bench server`: what a request costs Pointsman, and what it costs a bare Spring Cloud Gateway in the same run.
///
/// Processor time is what the kernel counts for the server's process, its collector and its compiler included, so it
/// depends little on what else the machine does. Each cell is measured in several rounds, the servers by turns, and the
/// median is told.
@Command(
        name = "server",
        mixinStandardHelpOptions = true,
        description = "Measures what a request costs Pointsman, beside a bare Spring Cloud Gateway.")
public final class ServerBench implements Callable<Integer> {
    private static final int FEWEST = 100; // of which a twentieth are some

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Requests to each server beforehand, and a fifth as many streams. Default: ${DEFAULT-VALUE}.")
    private int warmUp = 200_000;

    @Option(
            names = "--requests",
            paramLabel = "N",
            description = "Of a round; a fifth as many streams. Default: ${DEFAULT-VALUE}.")
    private int requests = 20_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Of each line. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Option(names = "--jvm", paramLabel = "FLAGS", description = "Of both servers. Default: ${DEFAULT-VALUE}.")
    private String jvm = "-Xmx512m -XX:+UseSerialGC";

    @Option(
            names = "--set",
            paramLabel = "PROPERTY=VALUE",
            description = "A property of Pointsman, such as logging.level.pointsman.usage=warn. May be repeated.")
    private List<String> properties = List.of();

    @Option(names = "--alone", description = "Without Spring Cloud Gateway.")
    private boolean alone;

    @Option(names = "--profile", description = "Afterwards also say where processor time and memory go.")
    private boolean profile;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Math.min(warmUp, requests) < FEWEST || rounds < 1) {
            throw new ParameterException(
                    spec.commandLine(), "--warm-up and --requests: %d at least; --rounds: 1".formatted(FEWEST));
        }
        var cores = Cores.share();
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var servers = new ArrayList<Server>();
        try (var provider = FastProvider.start(loop)) {
            say("%s; Java %s; %s".formatted(cores, Runtime.version(), jvm));
            for (var plan : plans(provider.port())) {
                servers.add(Server.start(plan, cores.ofServers(), log(plan.name())));
            }
            var track = new Track(provider, new LoadGenerator(loop));
            for (var server : servers) {
                track.awaitServing(server);
            }
            measure(track, servers);
            if (profile) {
                for (var cell : Cell.profiled(requests)) {
                    for (var server : servers) {
                        profile(track, server, cell);
                    }
                }
            }
            return 0;
        } finally {
            for (var server : servers) {
                server.close();
            }
            loop.shutdownGracefully().syncUninterruptibly();
        }
    }

    private void measure(Track track, List<Server> servers) throws IOException, InterruptedException {
        var table = new CostTable(servers);
        sayMemory("started", servers);
        track.run(servers, Cell.manyStreams());
        sayMemory("after 256 streams at once", servers);
        track.run(servers, Cell.warmUp(warmUp));
        track.run(servers, Cell.warmUpOfStreams(warmUp / 5));
        say(table.head());
        for (var cell : Cell.measured(requests)) {
            say(table.row(cell, track.medians(servers, cell, rounds)));
        }
        sayMemory("at the end", servers);
    }

    private void profile(Track track, Server server, Cell cell) throws IOException, InterruptedException {
        track.run(List.of(server), cell); // what was compiled for other loads is compiled for this one
        var title = "%s: %s, %d connections".formatted(server.name(), cell.name(), cell.connections());
        var file = Profile.record(server.recorder(), title, () -> track.run(List.of(server), cell));
        say(Profile.report(file, title, cell.requests()));
    }

    private List<Server.Plan> plans(int provider) throws IOException, InterruptedException {
        var flags =
                new ArrayList<>(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        flags.addAll(List.of(jvm.split(" ", -1)));
        if (profile) {
            flags.addAll(Profile.FLAGS);
        }
        var plans = new ArrayList<>(List.of(Plans.pointsman(provider, flags, properties)));
        if (!alone) {
            plans.add(Plans.springCloudGateway(provider, flags));
        }
        return plans;
    }

    private static Path log(String name) throws IOException {
        return Files.createDirectories(Checkout.path("target/lab")).resolve(name.replace(' ', '-') + ".log");
    }

    private void sayMemory(String when, List<Server> servers) throws IOException {
        for (var server : servers) {
            say("resident, %s: %d MB (%s)".formatted(when, server.residentMegabytes(), server.name()));
        }
    }

    private void say(String text) {
        var out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
