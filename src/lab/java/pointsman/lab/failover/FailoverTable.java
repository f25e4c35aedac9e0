package pointsman.lab.failover;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import pointsman.testing.Fault;
import pointsman.testing.failover.ClientKind;
import pointsman.testing.failover.Judgement;
import pointsman.testing.failover.UpstreamKind;
import pointsman.testing.failover.Verdict;

/// The verdicts as a table in Markdown. Cases that differ in nothing but dialects and seconds share a
/// line.
final class FailoverTable {
    private final List<Judgement> judgements;

    FailoverTable(List<Judgement> judgements) {
        this.judgements = judgements.stream()
                .sorted(Comparator.comparing((Judgement each) -> each.of().fault())
                        .thenComparing(each -> !each.of().stream())
                        .thenComparing(each -> each.of().upstream())
                        .thenComparing(each -> each.of().client()))
                .toList();
    }

    String markdown() {
        var text = new StringBuilder("""
                | fault | dialect | upstreams | stream | verdict | attempts p/f | seconds | what the client saw |
                |---|---|---|---|---|---|---|---|
                """);
        for (var line : lines().entrySet()) {
            byUpstreams(line.getValue())
                    .forEach((dialects, members) -> text.append(row(line.getKey(), dialects, members)));
        }
        var meanings = judgements.stream()
                .map(each -> each.of().fault())
                .distinct()
                .map(fault -> "* " + fault + ": " + fault.words() + "\n")
                .collect(joining());
        return text + "\n" + meanings;
    }

    String summary() {
        Map<Verdict, Long> counts = judgements.stream()
                .collect(Collectors.groupingBy(
                        Judgement::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        return judgements.size() + " cases: "
                + EnumSet.allOf(Verdict.class).stream()
                        .map(verdict -> counts.getOrDefault(verdict, 0L) + " " + verdict.word())
                        .collect(joining(", "));
    }

    private Map<Line, List<Judgement>> lines() {
        return judgements.stream().collect(Collectors.groupingBy(Line::of, LinkedHashMap::new, Collectors.toList()));
    }

    /// Those of one line, by the dialects that are the same for several upstreams.
    private static Map<String, List<Judgement>> byUpstreams(List<Judgement> line) {
        Map<UpstreamKind, Set<ClientKind>> clients = new EnumMap<>(UpstreamKind.class);
        for (var each : line) {
            clients.computeIfAbsent(each.of().upstream(), _ -> EnumSet.noneOf(ClientKind.class))
                    .add(each.of().client());
        }
        return line.stream()
                .collect(Collectors.groupingBy(
                        each -> names(clients.getOrDefault(each.of().upstream(), Set.of())),
                        TreeMap::new,
                        Collectors.toList()));
    }

    private static String row(Line line, String dialects, List<Judgement> members) {
        var upstreams = members.stream()
                .map(each -> each.of().upstream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(UpstreamKind.class)));
        return "| %s | %s | %s | %s | %s | %s | %s | %s |\n"
                .formatted(
                        line.fault(),
                        dialects,
                        names(upstreams),
                        line.way(),
                        line.verdict().word(),
                        line.attempts(),
                        seconds(members),
                        line.saw().replace("|", "/"));
    }

    private static String seconds(List<Judgement> members) {
        var all = members.stream().mapToDouble(Judgement::seconds).summaryStatistics();
        var least = String.format(Locale.ROOT, "%.1f", all.getMin());
        var most = String.format(Locale.ROOT, "%.1f", all.getMax());
        return least.equals(most) ? least : least + " to " + most;
    }

    private static String names(Collection<? extends Enum<?>> all) {
        return all.stream().map(each -> each.name().toLowerCase(Locale.ROOT)).collect(joining(", "));
    }

    /// What cases of one line have in common.
    private record Line(Fault fault, String way, Verdict verdict, String attempts, String saw) {
        static Line of(Judgement judgement) {
            return new Line(
                    judgement.of().fault(),
                    judgement.of().way(),
                    judgement.verdict(),
                    judgement.primaryCalls() + "/" + judgement.fallbackCalls(),
                    judgement.saw());
        }
    }
}
