package pointsman.dialect.responses;

import java.util.List;
import java.util.Optional;
import pointsman.dialect.conversation.Part;

/// Anthropic signs its thoughts, and wants them back signed. OpenAI's responses have one place for what only
/// the model's maker can read, `encrypted_content`; there the signature travels through a client of theirs,
/// marked as what it is.
public final class SealedThought {
    private static final String SIGNED = "anthropic-signature:";
    private static final String REDACTED = "anthropic-redacted:";

    private SealedThought() {}

    static String signed(String signature) {
        return SIGNED + signature;
    }

    static String redacted(String data) {
        return REDACTED + data;
    }

    /// Whether OpenAI cannot have written a thought that a client gives back: another maker has sealed it, or
    /// nobody has, and its id is none of OpenAI's, which are `rs_` and one word.
    public static boolean isForeign(String id, String sealed) {
        return sealed.isEmpty() ? !id.matches("rs_[^_]+") : sealed.startsWith(SIGNED) || sealed.startsWith(REDACTED);
    }

    /// The thought that a client gave back. What another maker has sealed is of no use to anybody else; its
    /// words stay.
    public static List<Part> open(Optional<String> sealed, String text) {
        var content = sealed.orElse("");
        if (content.startsWith(REDACTED)) {
            return List.of(new Part.Redacted(content.substring(REDACTED.length())));
        }
        var signature =
                content.startsWith(SIGNED) ? Optional.of(content.substring(SIGNED.length())) : Optional.<String>empty();
        return List.of(new Part.Thinking(text, signature));
    }
}
