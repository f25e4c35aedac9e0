package pointsman.lab.router;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.command.Ending;
import pointsman.score.RouterModelException;

/// `attack`: how far words that anyone could put before a prompt steer it to the large model.
@Command(
        name = "attack",
        mixinStandardHelpOptions = true,
        description = "Searches a short prefix that steers prompts to large, and says how far it does.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a file cannot be used", "2:wrong arguments"})
public final class AttackCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Judged judged = new Judged();

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        return Ending.of(spec, this::attack);
    }

    private void attack() throws IOException, RouterModelException {
        var model = judged.router();
        var line = spec.commandLine();
        var task = judged.scored(Routers.one(model), judged::pairScore, line.getErr())
                .getFirst();
        line.getOut().println(PrefixAttack.report(model, judged.pairScore(model, task.task()), task, seed));
        line.getOut().flush();
    }
}
