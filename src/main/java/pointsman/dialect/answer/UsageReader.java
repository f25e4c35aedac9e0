package pointsman.dialect.answer;

import static pointsman.dialect.answer.UsageField.CACHED;
import static pointsman.dialect.answer.UsageField.CACHE_CREATION;
import static pointsman.dialect.answer.UsageField.CACHE_READ;
import static pointsman.dialect.answer.UsageField.CACHE_WRITE;
import static pointsman.dialect.answer.UsageField.COMPLETION;
import static pointsman.dialect.answer.UsageField.HOUR_WRITTEN;
import static pointsman.dialect.answer.UsageField.INPUT;
import static pointsman.dialect.answer.UsageField.INPUT_CACHED;
import static pointsman.dialect.answer.UsageField.INPUT_CACHE_WRITE;
import static pointsman.dialect.answer.UsageField.OUTPUT;
import static pointsman.dialect.answer.UsageField.OUTPUT_REASONING;
import static pointsman.dialect.answer.UsageField.PROMPT;
import static pointsman.dialect.answer.UsageField.REASONING;
import static pointsman.dialect.answer.UsageField.THINKING;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import pointsman.dialect.wire.JsonScan;
import pointsman.usage.TokenUsage;
import tools.jackson.databind.JsonNode;

/// The one reader of what upstreams state of usage, for streams and for buffered answers, in every dialect:
/// so that a stream costs what the same answer costs in one piece.
///
/// It is fed every `usage` object of an answer, in order, and keeps of each number the last that was
/// stated. That is right for all of them: OpenAI states everything once, at the end, or again and again,
/// each time for the whole answer; Anthropic states the input in `message_start` and then the whole in
/// `message_delta`, where a number that has not changed may be left out.
///
/// OpenAI counts what its cache gave or took in within `prompt_tokens`; Anthropic counts tokens that its
/// cache gave or took in beside `input_tokens`. Here the input is the whole prompt.
public final class UsageReader {
    private static final long UNSTATED = Long.MIN_VALUE;
    private static final long ABSURD = 1_000_000_000_000L;

    /// By these Anthropic counts what its cache gave or took in.
    private static final Set<UsageField> CACHE_FIELDS = Set.of(CACHE_READ, CACHE_CREATION);

    private long input = UNSTATED;
    private long cacheRead;
    private long cacheWritten;
    private long hourWritten;
    private long output = UNSTATED;
    private long reasoning;
    private boolean cacheIsBeside;
    /// What one `usage` states.
    private final Map<UsageField, Long> stated = new EnumMap<>(UsageField.class);

    /// Takes one `usage`; what is no object states nothing.
    public void read(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        stated.clear();
        for (var field : UsageField.values()) {
            var value = field.of(usage);
            cacheIsBeside |= CACHE_FIELDS.contains(field) && !value.isMissingNode();
            if (!value.isMissingNode() && !value.isNull()) {
                stated.put(field, number(value));
            }
        }
        take();
    }

    /// Reads the `usage` object that must be here, for [#takeScanned].
    public void scan(JsonScan json) {
        stated.clear();
        UsageField.scan(json, stated);
    }

    /// Takes the `usage` that was scanned last.
    public void takeScanned() {
        cacheIsBeside |= CACHE_FIELDS.stream().anyMatch(stated::containsKey);
        take();
    }

    private void take() {
        input = last(PROMPT, last(INPUT, input));
        output = last(COMPLETION, last(OUTPUT, output));
        cacheRead = last(CACHED, last(INPUT_CACHED, last(CACHE_READ, cacheRead)));
        cacheWritten = last(CACHE_WRITE, last(INPUT_CACHE_WRITE, last(CACHE_CREATION, cacheWritten)));
        hourWritten = last(HOUR_WRITTEN, hourWritten);
        reasoning = last(THINKING, last(OUTPUT_REASONING, last(REASONING, reasoning)));
    }

    private long last(UsageField field, long before) {
        return stated.getOrDefault(field, before);
    }

    /// The usage of the answer so far.
    ///
    /// @return empty if nothing was stated, or something that cannot be meant
    public Optional<TokenUsage> total() {
        if (input == UNSTATED || output == UNSTATED) {
            return Optional.empty();
        }
        var prompt = cacheIsBeside ? input + cacheRead + cacheWritten : input;
        return Optional.of(new TokenUsage(prompt, cacheRead, cacheWritten, hourWritten, output, reasoning, false))
                .filter(TokenUsage::isPlausible);
    }

    /// What is no number of tokens is taken for one that cannot be meant, whatever it is added to.
    private static long number(JsonNode value) {
        var isMeant = value.isIntegralNumber() && value.canConvertToLong() && Math.abs(value.asLong()) < ABSURD;
        return isMeant ? value.asLong() : ABSURD;
    }
}
