package pointsman.lab.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// Some of the JMH benchmarks, in JVMs that JMH starts.
@Command(
        mixinStandardHelpOptions = true,
        footer = "Arguments are JMH's, such as -p tokens=32; -f, -wi, -w, -i, -r win over -f 1 -wi 1 -w 2 -i 3 -r 4.")
final class MicroBench implements Callable<Integer> {
    private static final List<String> SHORT = List.of("-f", "1", "-wi", "1", "-w", "2", "-i", "3", "-r", "4");

    private final String benchmarks;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    /// @param benchmarks a pattern of their names
    MicroBench(String benchmarks) {
        this.benchmarks = benchmarks;
    }

    @Override
    public Integer call() throws IOException {
        var all = new ArrayList<>(List.of(benchmarks));
        for (int option = 0; option < SHORT.size(); option += 2) {
            if (!arguments.contains(SHORT.get(option))) {
                all.addAll(SHORT.subList(option, option + 2));
            }
        }
        all.addAll(arguments);
        Main.main(all.toArray(String[]::new));
        return 0;
    }
}
