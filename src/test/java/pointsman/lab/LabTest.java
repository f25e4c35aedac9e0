package pointsman.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import pointsman.lab.bench.BenchCommand;

class LabTest {
    @Test
    void itHasOneCommandForEverything() {
        var line = Lab.line();

        assertThat(line.getSubcommands())
                .containsOnlyKeys("eval", "ladder", "attack", "catalogue", "bench", "failover");
        assertThat(BenchCommand.line().getSubcommands())
                .containsOnlyKeys(
                        "plan",
                        "solvers",
                        "stream",
                        "score",
                        "lanes",
                        "jobs",
                        "kill",
                        "kill-engine",
                        "server",
                        "memory",
                        "start",
                        "habits");
    }

    @Test
    void everyCommandSaysWhatItDoes() {
        everyCommand(Lab.line());
    }

    private static void everyCommand(CommandLine line) {
        assertThat(line.getUsageMessage()).as(line.getCommandName()).contains("Usage: ");
        assertThat(line.getCommandSpec().usageMessage().description())
                .as(line.getCommandName())
                .isNotEmpty();
        line.getSubcommands().values().forEach(LabTest::everyCommand);
    }
}
