package pointsman.lab.router;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.command.Ending;
import pointsman.score.ModelPair;
import pointsman.score.PairScore;
import pointsman.score.QualityDrop;
import pointsman.score.RouterModel;
import pointsman.score.RouterModelException;

/// `eval`: what a router is worth, measured on outcomes with the very code that scores in the gateway.
@Command(
        name = "eval",
        mixinStandardHelpOptions = true,
        description = "Measures how well the router ranks prompts, on prompts whose outcomes are known.",
        footer = {
            "",
            "Outcomes: {\"text\": \"...\", \"small\": 0, \"large\": 1}   a JSON object a line: qualities from 0 to 1",
            "or        {\"text\", \"source\", \"cat\", \"fold\", \"scores\": {\"model\": 1, ...}}",
            "Measures: APGR (average performance gap recovered, random 0.5), CPT50 and CPT80 (percent of calls to large",
            "for 50 and 80 %% of its gain), cost advantage (percent of calls to small at that relative drop of quality),",
            "ECE (expected calibration error; by chance: what a perfectly calibrated score would show)."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a file cannot be used", "2:wrong arguments"})
public final class EvalCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private Judged judged = new Judged();

    @Option(
            names = "--routers",
            paramLabel = "DIRECTORY",
            description = {
                "Cross-validation: holds fold-N, a router trained without fold N,",
                "for each fold of the outcomes (train.py --folds makes them)."
            })
    private @Nullable Path routers;

    @Option(names = "--curve", paramLabel = "FILE.svg", description = "Draw the quality curves.")
    private @Nullable Path curve;

    @Option(
            names = "--guarantee",
            paramLabel = "DROP",
            description = {
                "Also simulate the promise of at most this drop, such as 1%%: how often thresholds from",
                "--outcomes prompts break it, and what they save."
            })
    private @Nullable String guarantee;

    @Option(
            names = "--confidence",
            paramLabel = "P",
            description = "Of the simulated promise. Default: ${DEFAULT-VALUE}.")
    private double confidence = 0.9;

    @Option(
            names = "--outcomes",
            paramLabel = "N",
            description = "Of each simulated promise. Default: ${DEFAULT-VALUE}.")
    private int outcomes = 2000;

    @Option(
            names = "--attack",
            description =
                    "Also search a short prefix that steers prompts to large, and say how far it does (--router).")
    private boolean attack;

    @Option(
            names = "--onboard",
            paramLabel = "N",
            description = {
                "Instead: what the pair of --pair is worth to a router that was not trained on it, fitted with N of the",
                "outcomes, again and again others."
            })
    private int onboard;

    @Option(
            names = "--draws",
            paramLabel = "N",
            description = "Samples of the bootstrap; a fifth of them, of promises. Default: ${DEFAULT-VALUE}.")
    private int draws = 1000;

    @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        return Ending.of(spec, this::evaluate);
    }

    private void evaluate() throws IOException, RouterModelException {
        Judged.requireRange("--draws", draws, 1, 1_000_000);
        Judged.requireRange("--outcomes", outcomes, 1, 1_000_000);
        var chosen = routers == null ? Routers.one(judged.router()) : Routers.folds(routers);
        var scored = judged.scored(chosen, this::pairScore, spec.commandLine().getErr());
        if (onboard > 0) {
            print(new Onboarding(onboard, Math.max(1, draws / 50), seed).table(scored));
            return;
        }
        print(new EvaluationReport(draws, seed).text(scored));
        if (guarantee != null) {
            var drop = QualityDrop.parse(guarantee).share();
            print(new GuaranteeSimulation(Math.max(1, draws / 5), outcomes, seed).table(scored, drop, confidence));
        }
        if (attack) {
            var task = scored.getFirst();
            var router = judged.router();
            print(PrefixAttack.report(router, pairScore(router, task.task()), task, seed));
        }
        if (curve != null) {
            Files.writeString(curve, CurvePicture.svg(scored));
        }
    }

    private PairScore pairScore(RouterModel model, Task task) throws RouterModelException {
        if (onboard > 0 && !judged.isCalibrated()) {
            var any = model.models(); // the pair is fitted, and need not be known
            return model.pairScore(new ModelPair(any.getFirst(), any.getLast()));
        }
        return judged.pairScore(model, task);
    }

    private void print(String text) {
        var out = spec.commandLine().getOut();
        out.println(text);
        out.flush();
    }
}
