package pointsman.dialect;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import pointsman.dialect.responses.SealedSummary;
import pointsman.dialect.wire.Json;
import pointsman.dialect.wire.Span;
import pointsman.failure.Failure;
import tools.jackson.databind.json.JsonMapper;

/// What routing must know of a request, in whichever dialect. The rest stays in the raw body, which travels
/// on byte for byte to an upstream of the same dialect: there [#to] replaces the model's name, asks for
/// usage on a stream, and adds fields the client left out. From a conversation with Anthropic or with
/// OpenAI's responses it takes out again what this gateway put into it: thoughts of other models, which
/// either would refuse; and a summary that it wrote in OpenAI's stead is told in words. For llama.cpp,
/// which takes the choice of a named tool for none, it offers that tool alone and
/// demands a call. Nothing else. For an upstream of another dialect the body is translated.
public final class ModelRequest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String USAGE_ASKED = "\"include_usage\":true";

    private final Dialect dialect;
    private final Operation operation;
    private final byte[] body;
    private final RequestFacts facts;
    private final Instant readAt;
    private final @Nullable String cacheKey;

    ModelRequest(Dialect dialect, Operation operation, byte[] body, RequestFacts facts, Instant readAt) {
        this(dialect, operation, body, facts, readAt, null);
    }

    private ModelRequest(
            Dialect dialect,
            Operation operation,
            byte[] body,
            RequestFacts facts,
            Instant readAt,
            @Nullable String cacheKey) {
        this.dialect = dialect;
        this.operation = operation;
        this.body = body;
        this.facts = facts;
        this.readAt = readAt;
        this.cacheKey = cacheKey;
    }

    /// What the client speaks, and wants to be answered in.
    public Dialect dialect() {
        return dialect;
    }

    /// What is asked of the model.
    public Operation operation() {
        return operation;
    }

    /// The model's name as the client wrote it.
    public String model() {
        return facts.model().name();
    }

    /// Whether the answer is to come as server-sent events.
    public boolean stream() {
        return facts.streaming().isAsked() && operation.canStream();
    }

    /// Whether the client itself asked for usage on the stream. If not, the usage that we ask for is hidden
    /// again.
    boolean usageAsked() {
        return facts.streaming().isUsageAsked();
    }

    /// What the router reads: what the user asked last, see [TextToScore]. Empty if there is nothing.
    public String textToScore() {
        return facts.prompt().textToScore();
    }

    /// Whether the answer has to be JSON.
    public boolean wantsJson() {
        return demands().contains(Capability.JSON_SCHEMA)
                || Json.object(body)
                        .filter(request -> request.path("response_format")
                                .path("type")
                                .asString("")
                                .startsWith("json"))
                        .isPresent();
    }

    /// What it asks for that only some models can.
    public Set<Capability> demands() {
        return facts.demands();
    }

    /// What the conversation can be known by again: a hash of how it begins.
    ///
    /// @param owner whose it is; the same words are another's conversation
    /// @return empty if it has no user turn
    public Optional<String> fingerprint(String owner) {
        return facts.prompt().beginning().fingerprint(owner);
    }

    /// Whether the model has answered in this conversation before.
    public boolean isContinued() {
        return facts.prompt().beginning().isContinued();
    }

    /// The JSON of the `prompt_cache_key` that the client set, if it set one.
    public Optional<String> promptCacheKey() {
        return Optional.ofNullable(facts.cacheKey())
                .map(at -> new String(body, at.start(), at.length(), StandardCharsets.UTF_8));
    }

    /// The same request with this `prompt_cache_key`, whatever the client had set.
    public ModelRequest withPromptCacheKey(String key) {
        return new ModelRequest(dialect, operation, body, facts, readAt, key);
    }

    /// The field that stands for what OpenAI has kept, so that only OpenAI, by the same account, can be
    /// asked.
    public Optional<String> keptElsewhere() {
        return facts.kept();
    }

    /// Whether what came before is summed up in a way that only OpenAI can read: another model would know
    /// nothing of it.
    public boolean isSealed() {
        return facts.prompt().isSealed();
    }

    /// Bytes of the body, for estimates of its tokens.
    public int size() {
        return body.length;
    }

    /// Whether an upstream that speaks like this can be asked. A count of tokens can be had without it.
    public boolean isKnownTo(UpstreamDialect spoken) {
        return operation.isKnownTo(spoken, dialect);
    }

    /// Opens the way to an upstream.
    ///
    /// @param upstream its name, for failures
    /// @param spoken what it speaks
    /// @param upstreamModel the name to put in place of the client's
    /// @param defaults top-level fields to add where the client left them out; values are plain JSON values
    /// @throws pointsman.failure.FailureException a [pointsman.failure.Failure.UnsupportedByUpstream] if the
    ///     request says what cannot be said there, a [pointsman.failure.Failure.BadRequest] if it is wrong
    public Passage to(String upstream, UpstreamDialect spoken, String upstreamModel, Map<String, Object> defaults) {
        return switch (operation) {
            case CHAT -> conversationTo(upstream, spoken, upstreamModel, defaults);
            case COMPLETION ->
                new StraightPassage(
                        upstream,
                        Dialect.OPENAI_CHAT,
                        usageAsked(),
                        forUpstream(spoken, upstreamModel, known(upstream, spoken, defaults)));
            case COMPACTION ->
                spoken.format() == dialect
                        ? new CompactedPassage(upstream, forUpstream(spoken, upstreamModel, Map.of()))
                        : TranslatedPassage.open(this, upstream, spoken, upstreamModel, withCacheKey(defaults));
            case EMBEDDINGS, TOKEN_COUNT ->
                new NumbersPassage(
                        upstream, operation, forUpstream(spoken, upstreamModel, known(upstream, spoken, Map.of())));
        };
    }

    /// Where an upstream takes the request, below its base address.
    public String path(UpstreamDialect spoken) {
        return operation.path(spoken);
    }

    /// What is added for an upstream that knows this operation.
    private Map<String, Object> known(String upstream, UpstreamDialect spoken, Map<String, Object> defaults) {
        if (!operation.isKnownTo(spoken, dialect)) {
            throw new Failure.UnsupportedByUpstream(
                            upstream,
                            operation.conversation(dialect),
                            "it speaks %s, which have no %s"
                                    .formatted(spoken.format().title(), operation.label()))
                    .asException();
        }
        return defaults;
    }

    private Passage conversationTo(
            String upstream, UpstreamDialect spoken, String upstreamModel, Map<String, Object> defaults) {
        if (keptElsewhere().filter("background"::equals).isPresent() && !stream()) {
            throw new Failure.UnsupportedByUpstream(
                            upstream,
                            "background",
                            "an answer in the background is fetched later, for which there is no route here; with 'stream: true' it comes by itself")
                    .asException();
        }
        return spoken.format() == dialect
                ? new StraightPassage(upstream, dialect, usageAsked(), forUpstream(spoken, upstreamModel, defaults))
                : TranslatedPassage.open(this, upstream, spoken, upstreamModel, withCacheKey(defaults));
    }

    /// When it was read; answers are dated by it.
    Instant readAt() {
        return readAt;
    }

    /// The body as it came, but for a `prompt_cache_key` that is not the client's to choose.
    byte[] body() {
        return cacheKeyEdit().map(edit -> edited(List.of(edit), new byte[0])).orElse(body);
    }

    /// The body for an upstream of the same dialect.
    ///
    /// @param spoken its dialect
    /// @param upstreamModel the name to put in place of the client's
    /// @param defaults top-level fields to add where the client left them out; values are plain JSON values
    /// @return the client's bytes with only that replaced; on a stream usage is asked for too
    byte[] forUpstream(UpstreamDialect spoken, String upstreamModel, Map<String, Object> defaults) {
        return edited(edits(spoken, upstreamModel), additions(withCacheKey(defaults)));
    }

    /// The body with edits, in one array that is as long as it must be.
    private byte[] edited(List<Edit> edits, byte[] additions) {
        var growth = edits.stream().mapToInt(Edit::growth).sum();
        var out = ByteBuffer.allocate(body.length + growth + additions.length);
        var copied = 0;
        for (var edit : edits) {
            out.put(body, copied, edit.at().start() - copied).put(edit.replacement());
            copied = edit.at().end();
        }
        var end = lastBrace();
        return out.put(body, copied, end - copied)
                .put(additions)
                .put(body, end, body.length - end)
                .array();
    }

    private Optional<Edit> cacheKeyEdit() {
        var at = facts.cacheKey();
        return cacheKey == null || at == null
                ? Optional.empty()
                : Optional.of(new Edit(at, JSON.writeValueAsBytes(cacheKey)));
    }

    private Map<String, Object> withCacheKey(Map<String, Object> defaults) {
        if (cacheKey == null) {
            return defaults;
        }
        var fields = new LinkedHashMap<>(defaults);
        fields.put("prompt_cache_key", cacheKey);
        return fields;
    }

    private List<Edit> edits(UpstreamDialect spoken, String upstreamModel) {
        var edits = new ArrayList<Edit>();
        edits.add(modelEdit(upstreamModel));
        usageEdit().ifPresent(edits::add);
        cacheKeyEdit().ifPresent(edits::add);
        switch (spoken) {
            case ANTHROPIC_MESSAGES ->
                facts.prompt().foreignThoughts().forEach(thought -> edits.add(Edit.cut(thought)));
            case OPENAI_RESPONSES -> {
                facts.prompt().foreignThoughts().forEach(thought -> edits.add(Edit.cut(thought)));
                facts.prompt().summaries().forEach(summary -> edits.add(new Edit(summary.at(), words(summary))));
            }
            case LLAMA_CPP ->
                facts.namedChoice().ifPresent(choice -> {
                    edits.add(new Edit(choice.at(), utf8("\"required\"")));
                    choice.otherTools().forEach(tool -> edits.add(Edit.cut(tool)));
                });
            case OPENAI_CHAT -> {}
        }
        edits.sort(Comparator.comparingInt(edit -> edit.at().start()));
        return edits;
    }

    private static byte[] words(RequestFacts.Summary summary) {
        return JSON.writeValueAsBytes(
                Map.of("type", "message", "role", "user", "content", SealedSummary.words(summary.text())));
    }

    private Edit modelEdit(String upstreamModel) {
        return new Edit(facts.model().at(), JSON.writeValueAsBytes(upstreamModel));
    }

    private Optional<Edit> usageEdit() {
        var streamOptions = facts.streaming().options();
        if (!mustAskForUsage() || streamOptions == null) {
            return Optional.empty();
        }
        var usageValue = facts.streaming().usage();
        if (usageValue != null) {
            return Optional.of(new Edit(usageValue, utf8("true")));
        }
        if (body[streamOptions.start()] != '{') {
            return Optional.of(new Edit(streamOptions, utf8("{" + USAGE_ASKED + "}")));
        }
        var afterBrace = new Span(streamOptions.start() + 1, streamOptions.start() + 1);
        return Optional.of(new Edit(afterBrace, utf8(USAGE_ASKED + (isEmptyObject(streamOptions) ? "" : ","))));
    }

    /// Anthropic's streams bring it in any case.
    private boolean mustAskForUsage() {
        return dialect == Dialect.OPENAI_CHAT && facts.streaming().isAsked() && !usageAsked();
    }

    private boolean isEmptyObject(Span object) {
        for (var i = object.start() + 1; i < object.end() - 1; i++) {
            if (!Character.isWhitespace(body[i])) {
                return false;
            }
        }
        return true;
    }

    private byte[] additions(Map<String, Object> defaults) {
        var added = new StringBuilder();
        if (mustAskForUsage() && facts.streaming().options() == null) {
            added.append(",\"stream_options\":{").append(USAGE_ASKED).append('}');
        }
        defaults.forEach((field, value) -> {
            if (!facts.fields().contains(field)) {
                added.append(',')
                        .append(JSON.writeValueAsString(field))
                        .append(':')
                        .append(JSON.writeValueAsString(value));
            }
        });
        return utf8(added.toString());
    }

    private int lastBrace() {
        var at = body.length - 1;
        while (body[at] != '}') {
            at--;
        }
        return at;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// A range of the body and what stands there instead.
    private record Edit(Span at, byte[] replacement) {
        int growth() {
            return replacement.length - at.length();
        }

        static Edit cut(Span at) {
            return new Edit(at, new byte[0]);
        }
    }
}
