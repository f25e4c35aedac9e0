package pointsman.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of the one jar. Without one it serves.
///
/// Apart from the Spring application, and one at a time, so that a command waits for no classes but its own: those of
/// Spring and of the other commands cost `plan` more than planning a small table does.
@Command(
        name = "pointsman",
        description =
                "A gateway in front of LLM APIs that routes prompts by difficulty and orders batches for prompt caches.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Without a command: serve."})
public final class Commands {
    private static final List<String> NAMES =
            List.of("serve", "score", "calibrate", "eval", "plan", "run", "key", "fetch");
    private static final Set<String> ABOUT = Set.of("-h", "--help", "-V", "--version");

    private Commands() {}

    /// Runs the command that the arguments begin with, and returns its exit code.
    ///
    /// @param application what `serve` starts
    public static int run(Class<?> application, String[] arguments) {
        var all = withCommand(arguments);
        return line(application, all[0]).execute(all);
    }

    /// The command of that name alone, or all of them if none has it.
    public static CommandLine line(Class<?> application, String name) {
        var line = new CommandLine(new Commands());
        for (var each : NAMES.contains(name) ? List.of(name) : NAMES) {
            line.addSubcommand(command(application, each));
        }
        return line;
    }

    private static Object command(Class<?> application, String name) {
        return switch (name) {
            case "serve" -> new ServeCommand(application);
            case "score" -> new ScoreCommand();
            case "calibrate" -> new CalibrateCommand();
            case "eval" -> new MovedCommand();
            case "plan" -> new PlanCommand();
            case "run" -> new RunCommand();
            case "key" -> new KeyCommand();
            case "fetch" -> new FetchCommand();
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    /// `serve` goes without saying: no argument at all, or only options for it.
    public static String[] withCommand(String[] arguments) {
        if (arguments.length > 0 && (!arguments[0].startsWith("-") || ABOUT.contains(arguments[0]))) {
            return arguments;
        }
        var all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        return all.toArray(String[]::new);
    }
}
