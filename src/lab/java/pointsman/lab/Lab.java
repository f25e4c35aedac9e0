package pointsman.lab;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import pointsman.lab.bench.BenchCommand;
import pointsman.lab.failover.FailoverCommand;
import pointsman.lab.router.AttackCommand;
import pointsman.lab.router.EvalCommand;
import pointsman.lab.router.LadderCommand;

/// The one entry of the laboratory; `./lab` runs it.
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = "The laboratory of Pointsman: what the router is worth, what everything costs, and what fails.",
        subcommands = {EvalCommand.class, AttackCommand.class, LadderCommand.class, CatalogueCommand.class},
        footer = {"", "JDK_JAVA_OPTIONS, such as -Xmx2g, is for the laboratory's own process."})
public final class Lab {
    private Lab() {}

    static void main(String[] arguments) {
        System.exit(line().execute(arguments));
    }

    /// All commands.
    public static CommandLine line() {
        return new CommandLine(new Lab()).addSubcommand(BenchCommand.line()).addSubcommand(FailoverCommand.line());
    }
}
