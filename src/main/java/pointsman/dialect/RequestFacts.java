package pointsman.dialect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.wire.Span;

/// What one pass over a request has found.
///
/// @param model which is asked
/// @param streaming how it is to be answered
/// @param prompt what the model is to read
/// @param fields the names of all top-level fields
/// @param cacheKey where the value of `prompt_cache_key` stands, if there is one
/// @param namedChoice the one tool that must be called, if there is one
/// @param demands what only some models can
record RequestFacts(
        Model model,
        Streaming streaming,
        Prompt prompt,
        Set<String> fields,
        @Nullable Span cacheKey,
        Optional<NamedChoice> namedChoice,
        Set<Capability> demands) {

    /// The model.
    ///
    /// @param at where the JSON string with its name stands
    record Model(String name, Span at) {}

    /// Whether and how the answer is to be streamed.
    ///
    /// @param isAsked whether it is
    /// @param options where the value of `stream_options` stands, if there is one
    /// @param isUsageAsked whether the client asked for usage on the stream
    /// @param usage where the value of `include_usage` stands, if there is one
    record Streaming(
            boolean isAsked,
            @Nullable Span options,
            boolean isUsageAsked,
            @Nullable Span usage) {
        static final Streaming NONE = new Streaming(false, null, false, null);
    }

    /// What the model is to read.
    ///
    /// @param textToScore what the router reads, see [TextToScore]; empty if there is none
    /// @param beginning how the conversation begins
    /// @param unsignedThoughts what to cut out for the thoughts to go that nobody signed, with the messages
    ///     that hold nothing else
    record Prompt(String textToScore, Beginning beginning, List<Span> unsignedThoughts) {}

    /// The demand that one tool be called.
    ///
    /// @param at where the value of `tool_choice` stands
    /// @param otherTools what to cut out for only that tool to be offered
    record NamedChoice(Span at, List<Span> otherTools) {}
}
