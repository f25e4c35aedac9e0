package pointsman.dialect;

import java.util.Optional;
import pointsman.dialect.responses.SealedSummary;
import pointsman.dialect.responses.SealedThought;
import tools.jackson.core.JsonToken;

/// What of an item of OpenAI's responses tells who can read it: itself, a model's maker, or this gateway.
final class KeptItem {
    private String type = "";
    private String id = "";
    private String sealed = "";

    /// Reads the value of one of the fields `type`, `id` and `encrypted_content`, to its end.
    void read(BodyParser body) {
        var field = body.field();
        if (!body.is(JsonToken.VALUE_STRING)) {
            body.skip();
            return;
        }
        switch (field) {
            case "type" -> type = body.string();
            case "id" -> id = body.string();
            default -> sealed = body.string();
        }
    }

    /// Whether its maker has kept the item that is meant.
    boolean isReference() {
        return type.equals("item_reference");
    }

    /// Whether it is a thought that OpenAI did not write: it came from this gateway, in another model's name.
    boolean isForeignThought() {
        return type.equals("reasoning") && SealedThought.isForeign(id, sealed);
    }

    /// Whether it sums up what came before, and OpenAI alone can read it.
    boolean isSealedSummary() {
        return type.equals("compaction") && summary().isEmpty();
    }

    /// What stands in a summary that this gateway has written.
    Optional<String> summary() {
        return type.equals("compaction") ? SealedSummary.open(sealed) : Optional.empty();
    }
}
