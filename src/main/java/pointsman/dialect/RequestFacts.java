package pointsman.dialect;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.wire.Span;

/// What one pass over a request has found.
///
/// @param model the model's name
/// @param modelValue where its JSON string stands
/// @param stream whether the answer is to be streamed
/// @param streamOptions where the value of `stream_options` stands, if there is one
/// @param usageAsked whether the client asked for usage on the stream
/// @param usageValue where the value of `include_usage` stands, if there is one
/// @param fields the names of all top-level fields
/// @param textToScore what the router reads, see [TextToScore]; empty if there is none
/// @param beginning how the conversation begins
/// @param isContinued whether the model has answered in it before
/// @param cacheKey where the value of `prompt_cache_key` stands, if there is one
/// @param unsignedThoughts what to cut out for the thoughts to go that nobody signed, with the messages that hold
/// nothing else
/// @param namedChoice the one tool that must be called, if there is one
/// @param attachments the kinds of content that only some models can read
record RequestFacts(
        String model,
        Span modelValue,
        boolean stream,
        @Nullable Span streamOptions,
        boolean usageAsked,
        @Nullable Span usageValue,
        Set<String> fields,
        String textToScore,
        String beginning,
        boolean isContinued,
        @Nullable Span cacheKey,
        List<Span> unsignedThoughts,
        Optional<NamedChoice> namedChoice,
        Set<Attachment> attachments) {

    /// The demand that one tool be called.
    ///
    /// @param at where the value of `tool_choice` stands
    /// @param otherTools what to cut out for only that tool to be offered
    record NamedChoice(Span at, List<Span> otherTools) {}
}
