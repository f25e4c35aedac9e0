package pointsman.dialect;

import java.util.Locale;
import java.util.Optional;

/// A kind of content beside text, which only some models can read.
public enum Attachment {
    IMAGE,
    AUDIO,
    DOCUMENT;

    /// The word for it in reasons: `image`, `audio` or `document`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a part of a message is, in the words of any dialect.
    ///
    /// @return empty for a part that every model can read
    static Optional<Attachment> of(String partType) {
        return switch (partType) {
            case "image_url", "input_image", "image" -> Optional.of(IMAGE);
            case "input_audio" -> Optional.of(AUDIO);
            case "file", "input_file", "document" -> Optional.of(DOCUMENT);
            default -> Optional.empty();
        };
    }
}
