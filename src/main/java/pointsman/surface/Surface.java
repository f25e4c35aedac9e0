package pointsman.surface;

import java.util.stream.Stream;
import pointsman.fleet.RawPart;
import pointsman.usage.Units.Unit;

/// A route of OpenAI's API that passes to a model's provider as it is.
///
/// Shapes and types are those of OpenAI's API reference (2026-11); `/v1/rerank` is Cohere's and
/// Jina's, as vLLM, Together and llama.cpp's server have it.
enum Surface {
    MODERATION("/moderations", "moderation", Unit.TOKENS, Takes.JSON),
    IMAGE_GENERATION("/images/generations", "image_generation", Unit.IMAGES, Takes.JSON),
    IMAGE_EDIT("/images/edits", "image_edit", Unit.IMAGES, Takes.BOTH),
    TRANSCRIPTION("/audio/transcriptions", "transcription", Unit.SECONDS, Takes.FORM),
    TRANSLATION("/audio/translations", "translation", Unit.SECONDS, Takes.FORM),
    SPEECH("/audio/speech", "speech", Unit.CHARACTERS, Takes.JSON),
    RERANK("/rerank", "rerank", Unit.SEARCHES, Takes.JSON);

    private static final String EVENTS = "text/event-stream";

    private final String path;
    private final String label;
    private final Unit unit;
    private final Takes takes;

    Surface(String path, String label, Unit unit, Takes takes) {
        this.path = path;
        this.label = label;
        this.unit = unit;
        this.takes = takes;
    }

    /// What its bodies are written as.
    enum Takes {
        JSON,
        FORM,
        BOTH
    }

    /// Below a provider's base address, and below `/v1` here.
    String path() {
        return path;
    }

    /// Its name in meters and logs.
    String label() {
        return label;
    }

    /// What its answers are charged by, if that is not tokens.
    Unit unit() {
        return unit;
    }

    Takes takes() {
        return takes;
    }

    /// Whether OpenAI has a model for a request that names none.
    boolean hasDefault() {
        return switch (this) {
            case MODERATION, IMAGE_GENERATION, IMAGE_EDIT -> true;
            case TRANSCRIPTION, TRANSLATION, SPEECH, RERANK -> false;
        };
    }

    /// Whether a request may be sent again although it may have been done. To judge texts twice
    /// harms nobody; what is drawn or spoken twice is paid twice.
    boolean isRepeatable() {
        return switch (this) {
            case MODERATION, RERANK -> true;
            case IMAGE_GENERATION, IMAGE_EDIT, TRANSCRIPTION, TRANSLATION, SPEECH -> false;
        };
    }

    /// Whether this is one of its answers. A page of a proxy that wants a login is none.
    boolean answers(RawPart.Head head) {
        return head.isJson() || types().anyMatch(head::is);
    }

    private Stream<String> types() {
        return switch (this) {
            case MODERATION, RERANK -> Stream.of();
            case IMAGE_GENERATION, IMAGE_EDIT -> Stream.of(EVENTS);
            case TRANSCRIPTION, TRANSLATION ->
                Stream.of(EVENTS, "text/plain", "text/vtt", "text/srt", "application/x-subrip");
            case SPEECH -> Stream.of(EVENTS, "audio/", "application/octet-stream");
        };
    }
}
