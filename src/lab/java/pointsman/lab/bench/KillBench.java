package pointsman.lab.bench;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.testing.KillRun;

/// `bench kill`: what kills in the middle of a job cost.
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        description =
                "Kills a gateway again and again in the middle of a table job, and counts what was lost or paid twice.")
final class KillBench implements Callable<Integer> {
    @Option(names = "--rows", paramLabel = "N", description = "Of the table. Default: ${DEFAULT-VALUE}.")
    private int rows = 2000;

    @Option(names = "--kills", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int kills = 50;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        out.println(KillRun.run(rows, kills));
        out.flush();
        return 0;
    }
}
