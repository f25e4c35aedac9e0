package pointsman.dialect;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What some requests ask of a model and only some models can. The dialects name it in their own words; a
/// request that does not ask for it can be answered without.
public enum Capability {
    /// Reads images, recordings, documents.
    IMAGE,
    AUDIO,
    DOCUMENT,
    /// Calls tools that it is offered.
    TOOLS,
    /// Answers in JSON that follows a schema, whatever it says.
    JSON_SCHEMA,
    /// Tells how likely its words were.
    LOGPROBS,
    /// Gives several answers to one request.
    N,
    /// Thinks before it answers, as much as it is told to. A wish for it is a hint, and no request demands
    /// it.
    REASONING,
    /// Goes on from the beginning of an answer that the client wrote.
    PREFILL,
    /// Makes vectors, in the place of answers.
    EMBEDDINGS;

    private static final Set<Capability> READING = EnumSet.of(IMAGE, AUDIO, DOCUMENT);

    /// The word for it in reasons and lists: `image`, `json_schema`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it is about what can be read beside text.
    public boolean isReading() {
        return READING.contains(this);
    }

    /// What a part of a message is, in the words of any dialect.
    ///
    /// @return empty for a part that every model can read
    static Optional<Capability> ofPart(String partType) {
        return switch (partType) {
            case "image_url", "input_image", "image" -> Optional.of(IMAGE);
            case "input_audio" -> Optional.of(AUDIO);
            case "file", "input_file", "document" -> Optional.of(DOCUMENT);
            default -> Optional.empty();
        };
    }
}
