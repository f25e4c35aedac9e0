package pointsman.lab.bench;

import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import pointsman.lab.bench.EngineGateway.Heard;

/// `bench kill-engine`: whether a long greedy answer of a local model is the same when its engine dies in the
/// middle of it. It is asked from the beginning, too: what differs there no continuation can mend.
@Command(
        name = "kill-engine",
        mixinStandardHelpOptions = true,
        description = "Kills a local model's engine in the middle of greedy answers, and compares them with undisturbed"
                + " ones. The model's weights must be in the cache.")
final class KillEngineBench implements Callable<Integer> {
    /// Pieces of an answer that come before a kill and after it, at least.
    private static final int MARGIN = 20;

    @Option(names = "--tries", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int tries = 20;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "A name of pointsman.local.models. Default: ${DEFAULT-VALUE}.")
    private String model = "smollm2-135m-instruct";

    @Option(names = "--tokens", paramLabel = "N", description = "Of an answer at most. Default: ${DEFAULT-VALUE}.")
    private int tokens = 300;

    @Option(names = "--seed", paramLabel = "N", description = "Of the places of the kills. Default: ${DEFAULT-VALUE}.")
    private long seed = 7;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var chance = new Random(seed);
        int same = 0;
        int repeated = 0;
        int tried = 0;
        try (var gateway = EngineGateway.start(model)) {
            for (int question = 0; tried < tries && question < 3 * tries; question++) {
                var asked = EngineQuestions.at(question);
                var whole = gateway.ask(asked, tokens, Integer.MAX_VALUE);
                if (whole.pieces() > 2 * MARGIN) {
                    int place = MARGIN + chance.nextInt(whole.pieces() - 2 * MARGIN);
                    var broken = gateway.ask(asked, tokens, place);
                    var back = gateway.awaitEngine();
                    var again = gateway.ask(asked, tokens, Integer.MAX_VALUE);
                    same += tell(++tried, whole, broken, place, back) ? 1 : 0;
                    repeated += again.isSameAs(whole) ? 1 : 0;
                }
            }
        }
        print("%s: %d of %d answers are the same as undisturbed".formatted(model, same, tried));
        print("The engine that came after it, asked from the beginning: %d of %d".formatted(repeated, tried));
        return 0;
    }

    private boolean tell(int number, Heard whole, Heard broken, int place, double back) {
        var isSame = whole.isSameAs(broken);
        print(String.format(
                Locale.ROOT,
                "%2d. killed after %d of %d pieces, next word after %.1f s, engine back after %.1f s: %s",
                number,
                place,
                whole.pieces(),
                broken.longestPause().toMillis() / 1e3,
                back,
                isSame ? "the same" : difference(whole, broken)));
        return isSame;
    }

    private static String difference(Heard whole, Heard broken) {
        int at = 0;
        int end = Math.min(whole.text().length(), broken.text().length());
        while (at < end && whole.text().charAt(at) == broken.text().charAt(at)) {
            at++;
        }
        return "differs after %d of %d characters, '%s' became '%s', ended by %s"
                .formatted(
                        at,
                        whole.text().length(),
                        around(whole.text(), at),
                        around(broken.text(), at),
                        broken.ending());
    }

    private static String around(String text, int at) {
        return text.substring(Math.max(0, at - 12), Math.min(text.length(), at + 24))
                .replace("\n", "\\n");
    }

    private void print(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
