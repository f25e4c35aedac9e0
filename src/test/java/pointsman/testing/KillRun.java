package pointsman.testing;

import java.time.Duration;
import java.util.HashSet;

/// A table job in a gateway that is a process of its own, killed again and again in the middle of it.
public final class KillRun {
    private static final Duration LONGEST_JOB = Duration.ofMinutes(30);
    private static final int LANES = 8;

    private KillRun() {}

    /// What came of it.
    ///
    /// @param answered rows with the answer to their own question
    /// @param extraCalls of the upstream, beyond one for each row
    /// @param inFlight calls that were under way at the kills, all kills together, at most
    /// @param slowest the longest start of a new process
    public record Outcome(
            int rows, int kills, int answered, int extraCalls, int inFlight, GatewayProcess.Start slowest) {}

    /// Runs a job over so many rows, and kills its gateway so many times.
    public static Outcome run(int rows, int kills) throws Exception {
        try (var upstream = FakeUpstream.start()) {
            GatewayProcess.tellNumbers(upstream, Duration.ofMillis(20));
            try (var gateway = GatewayProcess.of(upstream.baseUrl())) {
                return kill(gateway, upstream, rows, kills);
            }
        }
    }

    private static Outcome kill(GatewayProcess gateway, FakeUpstream upstream, int rows, int kills) throws Exception {
        var slowest = gateway.awaitReady();
        var job = Jobs.ask("small", "[[mode:number]] Say n.", Jobs.numbers(rows), "{\"lanes\": " + LANES + "}");
        var id = gateway.create(job);
        for (int kill = 1; kill <= kills; kill++) {
            long wanted = (long) kill * rows / (kills + 1);
            Eventually.holds("answers come", LONGEST_JOB, () -> upstream.calls().size() >= wanted);
            gateway.killAndBegin();
            var ready = gateway.awaitReady();
            slowest = ready.wall().compareTo(slowest.wall()) > 0 ? ready : slowest;
        }
        gateway.awaitJob(id, LONGEST_JOB);
        var distinct = new HashSet<String>();
        upstream.calls().forEach(call -> distinct.add(call.text()));
        int extra = upstream.calls().size() - distinct.size();
        return new Outcome(rows, kills, gateway.ownNumbers(id), extra, kills * LANES, slowest);
    }
}
