package pointsman.testing.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import pointsman.testing.Complaint;
import pointsman.testing.Fault;
import pointsman.testing.FaultyCall;
import pointsman.testing.Words;

/// Gives the verdict on one answer.
///
/// @param of what was tried
/// @param heard what the client heard
/// @param primary the calls that reached it
/// @param fallback the calls that reached it
/// @param booked the ledger's lines about the request
/// @param limits how long it may have taken
record Judge(
        FailoverCase of,
        Heard heard,
        List<FaultyCall> primary,
        List<FaultyCall> fallback,
        List<String> booked,
        FailoverLimits limits) {
    private static final Duration SOONEST = Duration.ofMillis(1800);
    private static final Duration TIDY = Duration.ofSeconds(2);
    private static final Pattern BILL = Pattern.compile(
            " model=" + Pair.FALLBACK + " .* input=" + Pair.FALLBACK_INPUT + " .* output=" + Words.COUNT + " ");

    Judgement judgement() throws InterruptedException {
        var said = new ArrayList<>(List.of(heard.words()));
        var verdict = verdict(said);
        return new Judgement(of, verdict, primary.size(), fallback.size(), heard.seconds(), String.join("; ", said));
    }

    private Verdict verdict(List<String> said) throws InterruptedException {
        var wanted = Wanted.of(of.fault());
        if (Math.max(primary.size(), fallback.size()) > Wanted.MOST_CALLS) {
            said.add("too many calls");
            return Verdict.FAIL;
        }
        return switch (wanted.ending()) {
            case WHOLE -> heard.isWhole() ? whole(wanted, said) : broken(wanted, said);
            case REFUSED -> refused(said) ? Verdict.PASS : notRefused(wanted, said);
            case ANY -> refused(said) ? Verdict.PASS : heard.isWhole() ? whole(wanted, said) : broken(wanted, said);
        };
    }

    private Verdict whole(Wanted wanted, List<String> said) throws InterruptedException {
        var bill = bill();
        var remarks = Stream.of(time(wanted), calls(wanted), bill, leaks())
                .filter(remark -> !remark.isEmpty())
                .toList();
        said.addAll(remarks);
        if (of.fault() == Fault.S16 && !bill.isEmpty()) {
            return Verdict.FAIL;
        }
        return remarks.isEmpty() ? Verdict.PASS : Verdict.PARTIAL;
    }

    private Verdict broken(Wanted wanted, List<String> said) {
        if (!heard.isHonestError()) {
            return Verdict.FAIL;
        }
        if (isLate(wanted)) {
            said.add("too late");
            return Verdict.FAIL;
        }
        return Verdict.SAFE;
    }

    /// A content refusal that another model was asked after is none.
    private Verdict notRefused(Wanted wanted, List<String> said) {
        if (!fallback.isEmpty()) {
            said.add("another model was asked");
            return Verdict.FAIL;
        }
        return broken(wanted, said);
    }

    /// Whether the primary's own refusal was passed on, in its words, and nobody else was asked.
    private boolean refused(List<String> said) {
        var complaint = of.fault() == Fault.S13 ? Complaint.CONTENT : Complaint.WRONG;
        var sentence = of.upstream() == UpstreamKind.MESSAGES ? complaint.anthropicMessage() : complaint.message();
        var isPassedOn = heard.isHonestError()
                && heard.raw().status() == complaint.status()
                && heard.reading().error().contains(sentence);
        if (isPassedOn) {
            said.clear();
            said.add(complaint.status() + " in the primary's words");
        }
        return isPassedOn && primary.size() == 1 && fallback.isEmpty();
    }

    private boolean isLate(Wanted wanted) {
        return heard.raw().time().compareTo(wanted.limit(limits.pace(), limits.slack())) > 0;
    }

    private String time(Wanted wanted) {
        return isLate(wanted) ? String.format(Locale.ROOT, "wished within %.0f s", wanted.seconds()) : "";
    }

    private String calls(Wanted wanted) {
        if (!wanted.isWithin(primary.size())) {
            return "wished " + wanted.calls() + " at the primary";
        }
        return switch (of.fault()) {
            case S01, X10 ->
                primary.size() > 1 && gap(1).compareTo(SOONEST) < 0
                        ? String.format(Locale.ROOT, "asked again after %.1f s", gap(1).toMillis() / 1e3)
                        : "";
            case S02 ->
                primary.size() > 4 && gap(4).compareTo(Duration.ofSeconds(3)) < 0 ? "more than 4 calls in 3 s" : "";
            case S07 -> fallback.isEmpty() ? "waited for the primary" : "";
            default -> "";
        };
    }

    /// From the first call to a later one.
    private Duration gap(int index) {
        return primary.get(index).at().minus(primary.getFirst().at());
    }

    /// Whose model and usage the client was told, and whose was booked.
    private String bill() {
        var reading = heard.reading();
        var model = reading.model();
        if (!model.equals(Pair.PRIMARY) && !model.equals(Pair.FALLBACK)) {
            return "the model '%s'".formatted(model);
        }
        if (isContinued()) {
            return reading.input() > 0 && reading.output() > 0 ? "" : "no usage";
        }
        int input = model.equals(Pair.PRIMARY) ? Pair.PRIMARY_INPUT : Pair.FALLBACK_INPUT;
        if (reading.input() != input || reading.output() != Words.COUNT) {
            return "usage %d/%d of %s".formatted(reading.input(), reading.output(), model);
        }
        if (!heard.raw().header("x-pointsman-model").equals(model)) {
            return "a header names " + heard.raw().header("x-pointsman-model");
        }
        return of.fault() == Fault.S16 ? ledger() : "";
    }

    /// More than one spoke, perhaps: who did is told elsewhere.
    private boolean isContinued() {
        return switch (of.fault()) {
            case S08, S09, S10, S14 -> of.stream();
            default -> false;
        };
    }

    private String ledger() {
        return booked.size() == 1 && BILL.matcher(booked.getFirst()).find()
                ? ""
                : booked.size() + " bookings: " + String.join(" | ", booked);
    }

    /// What nobody reads any more must not go on.
    private String leaks() throws InterruptedException {
        for (var call : Stream.concat(primary.stream(), fallback.stream()).toList()) {
            if (!call.isOver(TIDY)) {
                return "a call goes on";
            }
        }
        return "";
    }
}
