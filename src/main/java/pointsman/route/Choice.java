package pointsman.route;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import pointsman.dialect.ModelRequest;
import pointsman.failure.FailureException;
import pointsman.fleet.Caller;
import pointsman.fleet.Model;
import pointsman.fleet.Outbound;
import pointsman.usage.Booking;
import pointsman.usage.Pricing;

/// Which model answers a request, and why.
///
/// @param model that is asked
/// @param grounds why it is this one, for headers, meters and the log
/// @param next those that may answer in its place, in this order, if it cannot before its first byte
/// @param otherwise what it would have cost without the router: the price of the ladder's last rung;
///     unknown where that answers, or where there is no ladder
/// @param scores of the ladder's rungs by their names, the cheapest first, as far as the prompt was scored
public record Choice(Model model, Grounds grounds, List<Model> next, Pricing otherwise, Map<String, Double> scores) {
    public Choice {
        next = List.copyOf(next);
    }

    /// A choice for which nothing was scored.
    public Choice(Model model, Grounds grounds, List<Model> next, Pricing otherwise) {
        this(model, grounds, next, otherwise, Map.of());
    }

    /// A choice in whose place nobody answers: somebody asked for this model, or it is the last.
    public Choice(Model model, Grounds grounds) {
        this(model, grounds, List.of(), Pricing.unknown());
    }

    /// The same choice, with the scores that led to it.
    Choice with(Map<String, Double> known) {
        return new Choice(model, grounds, next, otherwise, known);
    }

    /// What the call will cost in micro-dollars, if the model's price is known: its prompt at four bytes a
    /// token, and an answer of usual length.
    public OptionalLong expectedCost(ModelRequest request) {
        return ExpectedCost.at(model, request);
    }

    /// Opens the way of the request: its bytes in the words of this model, which are translated once.
    ///
    /// @param caller whose request it is
    /// @param headers of the client that a provider of its own dialect may see
    /// @throws FailureException what is wrong with the request, or what of it this model cannot be asked: it
    ///     has not been asked then, and nothing counts against it
    public Outbound open(Caller caller, ModelRequest request, Map<String, String> headers) {
        return model.open(caller, request, headers);
    }

    /// Who answers and why, as the ledger keeps it.
    ///
    /// @param id the name by which its provider knows the model
    public Booking.By by(String id) {
        return new Booking.By(model.name(), id, grounds.reason(), model.price(), otherwise);
    }

    /// Who answers instead, if somebody may.
    ///
    /// @param error what became of this choice, before anything went to the client
    public Optional<Choice> instead(Throwable error) {
        return next.isEmpty()
                ? Optional.empty()
                : StandIn.grounds(next.getFirst().name(), grounds, error)
                        .map(why -> new Choice(next.getFirst(), why, next.subList(1, next.size()), otherwise, scores));
    }

    /// Who goes on with an answer of this model that broke off after its first word: the same.
    public Choice again() {
        return new Choice(model, new Decision.BrokenOff(model.name(), grounds), next, otherwise, scores);
    }

    /// Whether this model goes on with an answer of its own.
    public boolean isAgain() {
        return grounds instanceof Decision.BrokenOff(var name, var first)
                && first.model().equals(name);
    }

    /// Those who may go on with it in the place of this model, in their order: where the router chose it, the
    /// other rungs; whoever asked for a model by its name gets one model's answer.
    public List<Choice> others() {
        return isRouted()
                ? next.stream()
                        .map(other -> new Choice(
                                other,
                                new Decision.BrokenOff(other.name(), grounds),
                                next.subList(next.indexOf(other) + 1, next.size()),
                                otherwise,
                                scores))
                        .toList()
                : List.of();
    }

    /// Who is asked beside this model, whose first word is late: the next.
    public Choice overtaken() {
        return new Choice(
                next.getFirst(),
                new Decision.Overtaken(next.getFirst().name(), grounds),
                next.subList(1, next.size()),
                otherwise,
                scores);
    }

    /// Whether the router chose, and nobody named a model.
    public boolean isRouted() {
        return isRouted(grounds);
    }

    private static boolean isRouted(Grounds why) {
        return switch (why) {
            case Decision.Overruled overruled -> isRouted(overruled.first());
            case Decision.Pinned _ -> false;
            default -> true;
        };
    }

    /// What the client is told when nobody answers: what each of those lacks that were tried, where they lack
    /// something, else what became of the last.
    ///
    /// @param error what became of this choice
    public Throwable told(Throwable error) {
        return StandIn.told(grounds, error);
    }

    /// This choice, or who answers in its place if the model cannot be asked what the request asks, as far
    /// as that is known before it is sent. Where nobody does, it stays: whoever sends it is told.
    ///
    /// @param tenant whose request it is
    public Choice able(String tenant, ModelRequest request) {
        try {
            open(new Caller(tenant, Caller.Work.CHAT), request, Map.of());
            return this;
        } catch (FailureException cannot) {
            return instead(cannot).map(other -> other.able(tenant, request)).orElse(this);
        }
    }
}
