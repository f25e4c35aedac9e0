package pointsman.fleet.catalogue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// What a model can be asked for beside text.
public enum Ability {
    TOOLS,
    IMAGES,
    AUDIO,
    DOCUMENTS,
    /// Answers that follow a JSON schema.
    JSON_SCHEMA,
    LOGPROBS,
    /// Several answers to one request.
    N,
    REASONING,
    /// An answer that goes on from a beginning which the client wrote.
    PREFILL,
    /// Vectors, in the place of answers.
    EMBEDDINGS;

    /// Those that a model has wherever it runs. The others are its server's.
    private static final Set<Ability> OF_THE_MODEL = EnumSet.of(TOOLS, IMAGES, AUDIO, DOCUMENTS, REASONING, EMBEDDINGS);

    /// The word for it in lists and in configuration, such as `json-schema`.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The abilities of a line.
    ///
    /// @param words labels
    static Set<Ability> of(Iterable<String> words) {
        var abilities = EnumSet.noneOf(Ability.class);
        words.forEach(word -> abilities.add(of(word)));
        return abilities;
    }

    /// What a model can at another server.
    ///
    /// @param model what it can at home
    /// @param server what that server does with any model
    static Set<Ability> both(Set<Ability> model, Set<Ability> server) {
        var abilities = EnumSet.copyOf(OF_THE_MODEL);
        abilities.retainAll(model);
        abilities.addAll(server);
        return abilities;
    }

    private static Ability of(String word) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no ability '%s', only %s"
                        .formatted(
                                word,
                                Arrays.stream(values()).map(Ability::label).collect(Collectors.joining(", ")))));
    }
}
