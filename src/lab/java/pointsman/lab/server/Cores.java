package pointsman.lab.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Who runs where: the servers on the first core, load and provider on the others, where Linux lets us say so.
final class Cores {
    private final boolean apart;

    private Cores(boolean apart) {
        this.apart = apart;
    }

    /// Moves this process off the first core.
    static Cores share() throws IOException, InterruptedException {
        int last = Runtime.getRuntime().availableProcessors() - 1;
        if (last == 0 || !Files.isExecutable(Path.of("/usr/bin/taskset"))) {
            return new Cores(false);
        }
        var own = Long.toString(ProcessHandle.current().pid());
        var moved = new ProcessBuilder("taskset", "-a", "-c", "-p", "1-" + last, own)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return new Cores(moved == 0);
    }

    /// What a server's command line begins with.
    List<String> ofServers() {
        return apart ? List.of("taskset", "-c", "0") : List.of();
    }

    @Override
    public String toString() {
        return apart ? "servers on core 0, load and provider on the others" : "no cores of their own";
    }
}
