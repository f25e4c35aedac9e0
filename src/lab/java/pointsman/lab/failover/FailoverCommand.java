package pointsman.lab.failover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import pointsman.testing.Fault;
import pointsman.testing.failover.ClientKind;
import pointsman.testing.failover.FailoverCase;
import pointsman.testing.failover.FailoverKit;
import pointsman.testing.failover.FailoverLimits;
import pointsman.testing.failover.Judgement;
import pointsman.testing.failover.UpstreamKind;
import pointsman.testing.failover.Verdict;

/// `failover`: what clients see of a gateway whose primary fails in sixteen ways, and in fifteen before
/// the first word, while its fallback is healthy. Prints a table of the verdicts.
@Command(
        name = "failover",
        mixinStandardHelpOptions = true,
        description = {
            "Tries sixteen faults and fifteen probes of a primary before a healthy fallback, and prints a table.",
            "Cases run side by side; all of them take some four minutes. Exit status 1: there is a FAIL."
        })
public final class FailoverCommand implements Callable<Integer> {
    private static final long LONGEST_MINUTES = 10;

    @Option(names = "--faults", paramLabel = "NAME", split = ",", description = "Such as S01,X06. Default: all.")
    private List<Fault> faults =
            Arrays.stream(Fault.values()).filter(Fault::isOne).toList();

    @Option(
            names = "--dialects",
            paramLabel = "NAME",
            split = ",",
            description = "Of clients: chat, messages, responses. Default: all.")
    private List<ClientKind> dialects = List.of(ClientKind.values());

    @Option(
            names = "--upstreams",
            paramLabel = "NAME",
            split = ",",
            description = "What primary and fallback speak: chat, messages, mixed (the one and the other). "
                    + "Default: chat,messages.")
    private List<UpstreamKind> upstreams = List.of(UpstreamKind.CHAT, UpstreamKind.MESSAGES);

    @Option(names = "--tuned", description = "With short time limits, as for upstreams that are known to be fast.")
    private boolean tuned;

    @Option(names = "--fast", description = "With a tenth of those, and of the faults' times: half a minute.")
    private boolean fast;

    @Option(
            names = "--set",
            paramLabel = "PROPERTY=VALUE",
            description = "A property of the gateway, such as pointsman.upstreams.gap-timeout=5s. May be repeated.")
    private List<String> properties = List.of();

    @Option(names = "--log", description = "Show what the gateway logs.")
    private boolean log;

    @Spec
    private CommandSpec spec;

    /// With names in any case.
    public static CommandLine line() {
        return new CommandLine(new FailoverCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws Exception {
        if (tuned && fast) {
            throw new ParameterException(spec.commandLine(), "--tuned or --fast: one of them");
        }
        var limits = fast ? FailoverLimits.FAST : tuned ? FailoverLimits.TUNED : FailoverLimits.DEFAULTS;
        var cases = FailoverCase.all(faults, dialects, upstreams);
        long began = System.nanoTime();
        try (var kit = FailoverKit.start(cases, limits, properties())) {
            var judgements = judged(kit);
            var table = new FailoverTable(judgements);
            var seconds = (System.nanoTime() - began) / 1e9;
            var out = spec.commandLine().getOut();
            out.print(table.markdown());
            out.printf(
                    Locale.ROOT,
                    "%n%s (%s, %.0f s)%n",
                    table.summary(),
                    limits.name().toLowerCase(Locale.ROOT),
                    seconds);
            out.flush();
            return judgements.stream().anyMatch(each -> each.verdict() == Verdict.FAIL) ? 1 : 0;
        }
    }

    private List<Judgement> judged(FailoverKit kit) throws ExecutionException, InterruptedException, TimeoutException {
        var judgements = new ArrayList<Judgement>();
        for (var running : kit.run(this::tell).values()) {
            judgements.add(running.get(LONGEST_MINUTES, TimeUnit.MINUTES));
        }
        return judgements;
    }

    private String[] properties() {
        var all = new ArrayList<String>();
        if (!log) {
            all.add("logging.level.root=off");
            all.add("logging.level.pointsman=off");
        }
        all.addAll(properties);
        return all.toArray(String[]::new);
    }

    /// Progress, which is no part of the table.
    private void tell(Judgement judgement) {
        var err = spec.commandLine().getErr();
        err.printf(
                Locale.ROOT,
                "%-7s %s %d/%d %.1f s: %s%n",
                judgement.verdict().word(),
                judgement.of(),
                judgement.primaryCalls(),
                judgement.fallbackCalls(),
                judgement.seconds(),
                judgement.saw());
        err.flush();
    }
}
