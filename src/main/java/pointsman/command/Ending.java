package pointsman.command;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import pointsman.score.RouterModelException;

/// How a command that reads files and scores prompts ends: with 0; with 2 and a sentence if it was called wrongly or a
/// line of its input is wrong; with 1 and a sentence if a file or the router cannot be used.
public final class Ending {
    private static final int DONE = 0;
    private static final int UNUSABLE = 1;
    private static final int WRONG = 2;

    private Ending() {}

    /// Does the work of a command.
    ///
    /// @return the exit status
    public static int of(CommandSpec command, Work work) {
        try {
            work.run();
            return DONE;
        } catch (MalformedLineException | IllegalArgumentException wrong) {
            return failed(command, WRONG, String.valueOf(wrong.getMessage()));
        } catch (RouterModelException unusable) {
            return failed(command, UNUSABLE, String.valueOf(unusable.getMessage()));
        } catch (IOException unusable) {
            var kind = unusable.getClass().getSimpleName();
            return failed(command, UNUSABLE, "%s: %s".formatted(kind, unusable.getMessage()));
        }
    }

    private static int failed(CommandSpec command, int status, String message) {
        var error = command.commandLine().getErr();
        error.println(command.name() + ": " + message);
        error.flush();
        return status;
    }

    /// What a command does.
    public interface Work {
        void run() throws IOException, RouterModelException, MalformedLineException;
    }
}
