package pointsman.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/// `eval`: says where it went. Who runs the gateway has no use for it, and the laboratory's code need not be in the
/// jar.
@Command(name = "eval", hidden = true)
final class MovedCommand implements Callable<Integer> {
    @Unmatched
    private List<String> arguments = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine()
                .getErr()
                .println("eval: moved out of this program; in a checkout of its source, run: ./lab eval "
                        + String.join(" ", arguments));
        return CommandLine.ExitCode.USAGE;
    }
}
