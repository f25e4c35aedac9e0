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
/// @param kept the field that stands for what its maker has kept, if there is one
record RequestFacts(
        Model model,
        Streaming streaming,
        Prompt prompt,
        Set<String> fields,
        @Nullable Span cacheKey,
        Optional<NamedChoice> namedChoice,
        Set<Capability> demands,
        Optional<String> kept) {

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
    /// @param foreignThoughts what to cut out for the thoughts to go that the dialect's own maker did not
    ///     write, with the messages that hold nothing else
    /// @param summaries that this gateway has written
    /// @param isSealed whether OpenAI alone can read a summary in it
    record Prompt(
            String textToScore,
            Beginning beginning,
            List<Span> foreignThoughts,
            List<Summary> summaries,
            boolean isSealed) {}

    /// A summary of what came before.
    ///
    /// @param at where the item stands
    record Summary(Span at, String text) {}

    /// The demand that one tool be called.
    ///
    /// @param at where the value of `tool_choice` stands
    /// @param otherTools what to cut out for only that tool to be offered
    record NamedChoice(Span at, List<Span> otherTools) {}
}
