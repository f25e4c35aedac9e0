package pointsman;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The entry of every command of the one jar. Without a command it serves.
@SpringBootApplication
@Command(
        name = "pointsman",
        description =
                "A gateway in front of LLM APIs that routes prompts by difficulty and orders batches for prompt caches.",
        subcommands = {
            ServeCommand.class,
            ScoreCommand.class,
            CalibrateCommand.class,
            EvalCommand.class,
            PlanCommand.class,
            RunCommand.class,
            KeyCommand.class,
            FetchCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Without a command: serve."})
public class PointsmanApplication {
    private static final Set<String> ABOUT = Set.of("-h", "--help", "-V", "--version");

    static void main(String[] arguments) {
        var commands = new CommandLine(new PointsmanApplication());
        var code = commands.execute(withCommand(arguments));
        if (code != ServeCommand.RUNNING) {
            System.exit(code);
        }
    }

    /// `serve` goes without saying: no argument at all, or only options for it.
    static String[] withCommand(String[] arguments) {
        if (arguments.length > 0 && (!arguments[0].startsWith("-") || ABOUT.contains(arguments[0]))) {
            return arguments;
        }
        var all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
