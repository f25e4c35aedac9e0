package pointsman.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import pointsman.cache.CacheRule;
import pointsman.cache.Prediction;
import pointsman.cache.ProviderCache;

/// The chosen ordering of a table, what it saves, and what the other orderings would have saved.
public final class Plan {
    private final Cells cells;
    private final Ordering ordering;
    private final List<Candidate> candidates;
    private final long hits;
    private final long tokens;
    private @Nullable Lengths lengths;

    /// An ordering that was tried.
    ///
    /// @param name what made it
    /// @param hits the tokens that hit under it, instruction aside
    public record Candidate(String name, long hits) {}

    /// Of the prompt at each position: the tokens that it shares with the one before, and all.
    private record Lengths(int[] shared, int[] sizes) {}

    Plan(Cells cells, Ordering ordering, List<Candidate> candidates) {
        this(cells, ordering, new HitCount(cells).hits(ordering), candidates);
    }

    /// @param hits what [HitCount] finds for the ordering
    Plan(Cells cells, Ordering ordering, long hits, List<Candidate> candidates) {
        this.cells = cells;
        this.ordering = ordering;
        this.hits = hits;
        this.tokens = cells.tokens();
        this.candidates = List.copyOf(candidates);
    }

    /// The order of rows and fields. A field is a place in [#fields].
    public Ordering ordering() {
        return ordering;
    }

    /// The names of the columns that are sent.
    public List<String> fields() {
        return cells.names();
    }

    /// What was tried, in the order of trying; the chosen one is the one with the most hits.
    public List<Candidate> candidates() {
        return candidates;
    }

    /// The tokens of all cells with their keys.
    public long tokens() {
        return tokens;
    }

    /// The tokens of cells and keys that hit: each row's beginning, as far as the row before it has the same.
    long hits() {
        return hits;
    }

    /// Hits over tokens, from 0 to 1: the data-PHR.
    public double hitRate() {
        return tokens == 0 ? 0 : (double) hits / tokens;
    }

    /// How many tokens the row at a position shares with the row before it.
    int shared(int position) {
        return lengths().shared()[position];
    }

    /// What a provider's cache will make of it, sent one prompt after the other that begins with a shared instruction.
    public Prediction predict(ProviderCache provider, int instructionTokens) {
        return provider.scope() == ProviderCache.Scope.EXPLICIT
                ? predictMarked(provider.rule(), provider.paying(), instructionTokens)
                : predict(provider.rule(), provider.hitsFrom(), instructionTokens);
    }

    /// What it would have made of the given order, where only a slot forgets all but the prompt before.
    public Prediction predictGiven(ProviderCache provider, int instructionTokens) {
        var before = provider.scope() == ProviderCache.Scope.SLOT ? given() : givenFields();
        return before.predict(provider, instructionTokens);
    }

    /// What a provider with such a rule will report that writes every prompt to its cache, for prompts that begin with
    /// a shared instruction.
    ///
    /// @param hitsFrom the request from which on a shared beginning is a hit: the 2nd or a later one
    Prediction predict(CacheRule rule, int hitsFrom, int instructionTokens) {
        int[] known = lengths().shared();
        int[] sizes = lengths().sizes();
        long read = 0;
        long written = 0;
        for (int position = 0; position < known.length; position++) {
            int seen =
                    position + 1 < hitsFrom ? 0 : instructionTokens + least(known, position + 2 - hitsFrom, position);
            int hit = rule.hit(seen);
            read += hit;
            written += rule.hit(instructionTokens + sizes[position]) - hit;
        }
        return new Prediction(known.length, tokens(instructionTokens), read, written);
    }

    /// What a provider will report that keeps only what is marked, if every beginning is marked that pays.
    ///
    /// @param paying more prompts than these must have a beginning for it to pay
    Prediction predictMarked(CacheRule rule, double paying, int instructionTokens) {
        int[] shared = IntStream.of(lengths().shared())
                .map(count -> instructionTokens + count)
                .toArray();
        return MarkedBeginnings.predict(shared, tokens(instructionTokens), rule.minimumTokens(), paying);
    }

    private long tokens(int instructionTokens) {
        return tokens + (long) ordering.size() * instructionTokens;
    }

    private static int least(int[] values, int from, int to) {
        int least = values[to];
        for (int i = from; i < to; i++) {
            least = Math.min(least, values[i]);
        }
        return least;
    }

    /// The order that was given, with the same fields: what this plan is to be held against.
    public Plan given() {
        return new Plan(cells, Ordering.given(cells.rows(), cells.width()), candidates);
    }

    /// The order of fields that was given, where rows need not be neighbours to hit: what a cache makes of the given
    /// order that knows every earlier prompt.
    public Plan givenFields() {
        return new Plan(cells, new SortedRows().solve(cells), candidates);
    }

    /// What GGR would save, for comparison, if it did not take part; empty for a table that it would take too long for.
    public Optional<Candidate> ggr() {
        boolean took = candidates.stream().anyMatch(one -> one.name().equals(Portfolio.GGR));
        if (took || !Portfolio.isForGgr(cells)) {
            return Optional.empty();
        }
        var ggr = new Ggr(Ggr.Stop.NEVER, Ggr.Lengths.SQUARED).solve(cells);
        return Optional.of(new Candidate(Portfolio.GGR, new HitCount(cells).hits(ggr)));
    }

    /// How many hits each field brings, the most first; fields that bring none are left out.
    public List<Candidate> hitsByField() {
        long[] byColumn = new HitCount(cells).byColumn(ordering);
        return IntStream.range(0, byColumn.length)
                .filter(field -> byColumn[field] > 0)
                .mapToObj(field -> new Candidate(cells.names().get(field), byColumn[field]))
                .sorted(Comparator.comparingLong(candidate -> -candidate.hits()))
                .toList();
    }

    /// An estimate of what no ordering can exceed: each row beside the row that it shares most with, wherever
    /// that is, from a sample of the rows.
    public double upperBound() {
        return new UpperBound(cells).estimate();
    }

    /// Counted when first asked for: who only writes the plan asks for none.
    private synchronized Lengths lengths() {
        if (lengths == null) {
            var count = new HitCount(cells);
            int[] sizes = cells.sizes();
            lengths = new Lengths(
                    IntStream.range(0, ordering.size())
                            .parallel()
                            .map(position -> count.shared(ordering, position))
                            .toArray(),
                    IntStream.of(ordering.rows()).map(row -> sizes[row]).toArray());
        }
        return lengths;
    }
}
