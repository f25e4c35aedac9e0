package pointsman.route;

import pointsman.fleet.Model;

/// What a model's name asks for.
public sealed interface Route {
    /// A ladder: which of its rungs answers is to be chosen.
    record ToLadder(Ladder ladder) implements Route {}

    /// This model, because the client named it, or a rung of `auto`.
    record ToModel(Model model) implements Route {}
}
