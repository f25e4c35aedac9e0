package pointsman.dialect.habit;

import java.util.Locale;

/// The kinds of habits, as the table names them. Values are words with a space between; lines of the same
/// habit add up where a list is meant, and the last one counts where it is not.
enum Habit {
    /// `elsewhere`: the model is asked in another of the provider's dialects only.
    SERVED(false),
    /// Fields that have another name there, `seed=random_seed`.
    RENAMES(true),
    /// Fields that are refused whatever they say; `messages.name` stands in each message.
    REFUSES(true),
    /// Fields that are refused while the model thinks, see [#THINKS].
    REFUSES_THINKING(true),
    /// When the model thinks: `always`, `if-asked` by an effort, or `unless-none` is the effort asked for.
    THINKS(false),
    /// The efforts that it knows.
    EFFORTS(false),
    /// Whether thoughts `must` be given back beside calls of tools; else it has to think no more.
    REASONING(false),
    /// `refused`: thinking is adaptive, nobody sets a budget for it.
    THINKING_BUDGET(false),
    /// Bounds, `temperature=1.5`, `tools=128`: of numbers, or of how many there are in a list.
    AT_MOST(true),
    /// Two fields of which one may be set.
    NOT_BOTH(false),
    /// `refused`: it does not stop at white space alone.
    BLANK_STOP(false),
    /// The names that a tool may have, a regular expression.
    TOOL_NAME(false),
    /// The choices of tools that it knows; one that is named is none of them.
    TOOL_CHOICE(false),
    /// Fields that are refused where no tools are offered.
    NEEDS_TOOLS(true),
    /// `refused`: a list of tools has some.
    EMPTY_TOOLS(false),
    /// The types of `response_format` that it knows.
    FORMATS(false),
    /// What a strict schema has to be: `closed` (`additionalProperties: false`), `all-required`.
    STRICT(false),
    /// Keywords that a strict schema must not have.
    SCHEMA_REFUSES(true),
    /// `one`: instructions stand in one place, which is the beginning.
    SYSTEM(false),
    /// The role that `developer` has there.
    DEVELOPER(false),
    /// `refused`: a text says something.
    EMPTY_TEXT(false),
    /// `refused`: an assistant's message has a content even where it only calls tools.
    NULL_CONTENT(false),
    /// `refused`: a content of texts is one text.
    CONTENT_LIST(false),
    /// The media types of pictures that it takes; or `none`.
    IMAGES(false),
    /// `refused`: no client begins the answer.
    PREFILL(false),
    /// How it is told to go on with an answer that it has begun, see [Continuing].
    CONTINUES(false),
    /// `dropped`: the line that names a client program to Anthropic only spoils other providers' prompt
    /// caches.
    ATTRIBUTION(false),
    /// `yes`: an error may come with a 200. Read on the way back, for every provider.
    ERRORS_WITHIN_200(false),
    /// How it says when to come back. Read on the way back, for every provider.
    RETRY_AFTER(false),
    /// `always`: a stream brings its usage unasked.
    STREAM_USAGE(false);

    private final boolean addsUp;

    Habit(boolean addsUp) {
        this.addsUp = addsUp;
    }

    boolean addsUp() {
        return addsUp;
    }

    /// @throws IllegalArgumentException if there is none of this name
    static Habit named(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("there is no habit '%s'".formatted(name));
        }
    }
}
