package pointsman.route;

import java.util.List;
import pointsman.dialect.Dialect;
import pointsman.dialect.ModelRequest;
import pointsman.failure.Failure;

/// What of a conversation a provider keeps, or has sealed, can be asked of nobody else.
final class Keepers {
    private Keepers() {}

    /// What one provider has kept is neither another rung's nor a deployment's at another provider.
    ///
    /// @param name that the client asks for
    /// @param field that stands for what is kept
    /// @throws pointsman.failure.FailureException if several providers may answer
    static void requireOne(String name, Route route, String field) {
        var isOne = route instanceof Route.ToModel(var model)
                && model.deployments().stream()
                                .map(each -> each.provider().name())
                                .distinct()
                                .count()
                        == 1;
        if (!isOne) {
            throw new Failure.UnsupportedByUpstream(
                            name,
                            field,
                            "it is kept by one provider, and several models may answer here; name one, such as provider/model, or send the whole conversation")
                    .asException();
        }
    }

    /// The places of those rungs that can read what OpenAI has summed up, if it has, and if there are any.
    ///
    /// @param able places of the rungs that can be asked otherwise
    static List<Integer> readers(Ladder ladder, List<Integer> able, ModelRequest request) {
        if (!request.isSealed()) {
            return able;
        }
        var readers = able.stream()
                .filter(place -> ladder.rungs()
                        .get(place)
                        .speaking(Dialect.OPENAI_RESPONSES)
                        .isPresent())
                .toList();
        return readers.isEmpty() ? able : readers;
    }
}
