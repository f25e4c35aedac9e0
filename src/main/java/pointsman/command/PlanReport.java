package pointsman.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import pointsman.cache.Prediction;
import pointsman.cache.ProviderCache;
import pointsman.plan.Plan;

/// What `plan --explain` tells a person: what was tried, where the hits come from, and what providers will
/// charge.
record PlanReport(Plan plan, int instructionTokens) {
    private static final int SHOWN_FIELDS = 12;

    void print(PrintWriter out) throws IOException {
        var tokens = Math.max(1, plan.tokens());
        out.printf(
                Locale.ROOT,
                "%,d rows, %,d tokens in cells, %,d in the instruction%n%n",
                plan.ordering().size(),
                plan.tokens(),
                instructionTokens);
        out.printf(Locale.ROOT, "%-28s %10s%n", "order", "hits");
        for (var candidate : plan.candidates()) {
            printCandidate(out, candidate, tokens, "");
        }
        plan.ggr().ifPresent(ggr -> printCandidate(out, ggr, tokens, "  (with --orders per-row only)"));
        out.printf(
                Locale.ROOT,
                "%-28s %9.2f%%  (%,d field orders)%n",
                "chosen plan",
                100 * plan.hitRate(),
                plan.ordering().fieldOrders());
        out.printf(Locale.ROOT, "%-28s %9.2f%%%n%n", "upper bound (estimate)", 100 * plan.upperBound());
        printFields(out, tokens);
        printProviders(out, ProviderCache.packaged());
        out.flush();
    }

    private static void printCandidate(PrintWriter out, Plan.Candidate candidate, long tokens, String remark) {
        out.printf(Locale.ROOT, "%-28s %9.2f%%%s%n", candidate.name(), 100.0 * candidate.hits() / tokens, remark);
    }

    private void printFields(PrintWriter out, long tokens) {
        out.printf(Locale.ROOT, "%-28s %10s%n", "field", "hits");
        for (var field : plan.hitsByField().stream().limit(SHOWN_FIELDS).toList()) {
            out.printf(Locale.ROOT, "%-28s %9.2f%%%n", field.name(), 100.0 * field.hits() / tokens);
        }
        out.println();
    }

    private void printProviders(PrintWriter out, List<ProviderCache> providers) {
        out.printf(
                Locale.ROOT,
                "%-28s %10s %10s %10s %10s   %s%n",
                "provider (input only)",
                "hits",
                "bill",
                "given hits",
                "given bill",
                "rule of");
        for (var provider : providers) {
            var planned = plan.predict(provider, instructionTokens);
            var before = plan.predictGiven(provider, instructionTokens);
            out.printf(
                    Locale.ROOT,
                    "%-28s %9.2f%% %9.2f%% %9.2f%% %9.2f%%   %s%n",
                    provider.name(),
                    100 * planned.rate(),
                    bill(provider, planned),
                    100 * before.rate(),
                    bill(provider, before),
                    provider.asOf());
        }
    }

    private static double bill(ProviderCache provider, Prediction prediction) {
        return 100 * provider.bill(prediction);
    }
}
