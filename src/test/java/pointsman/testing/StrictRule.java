package pointsman.testing;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What a provider refuses in a request.
@FunctionalInterface
interface StrictRule {
    Optional<Refusal> refuses(JsonNode request);

    /// The same, of some models only.
    default StrictRule of(String models) {
        return request -> request.path("model").asString("").matches(models) ? refuses(request) : Optional.empty();
    }

    static StrictRule when(Predicate<JsonNode> wrong, Function<JsonNode, Refusal> refusal) {
        return request -> wrong.test(request) ? Optional.of(refusal.apply(request)) : Optional.empty();
    }

    /// Whichever of these fields is there.
    static StrictRule fields(Function<String, Refusal> refusal, String... names) {
        return request -> Stream.of(names).filter(request::has).findFirst().map(refusal);
    }

    /// Whichever of these fields is there in a message.
    static StrictRule inMessages(Function<String, Refusal> refusal, String... names) {
        return request -> messages(request)
                .flatMap(message -> Stream.of(names).filter(message::has))
                .findFirst()
                .map(refusal);
    }

    static Stream<JsonNode> messages(JsonNode request) {
        return request.path("messages").valueStream();
    }

    static Stream<String> roles(JsonNode request) {
        return messages(request).map(message -> message.path("role").asString(""));
    }

    static Stream<String> toolNames(JsonNode request) {
        return request.path("tools")
                .valueStream()
                .map(tool -> (tool.has("function") ? tool.path("function") : tool)
                        .path("name")
                        .asString(""));
    }

    /// Every object in a schema, itself included.
    static Stream<JsonNode> within(JsonNode node) {
        return Stream.concat(
                node.isObject() ? Stream.of(node) : Stream.empty(),
                node.isContainer() ? node.valueStream().flatMap(StrictRule::within) : Stream.empty());
    }
}
