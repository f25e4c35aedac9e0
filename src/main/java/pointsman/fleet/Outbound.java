package pointsman.fleet;

import java.util.Map;
import pointsman.dialect.Passage;

/// A request in the words of the model that is to answer it, ready to be sent, as often as it takes. Whatever its
/// client did wrong was told when it was made.
///
/// @param model that is asked
/// @param passage what is sent, and the way of the answer back
/// @param path where it is sent, below the provider's address
/// @param stream whether the answer comes as events
/// @param headers of the client that the provider may see
public record Outbound(Model model, Passage passage, String path, boolean stream, Map<String, String> headers) {
    public Outbound {
        headers = Map.copyOf(headers);
    }
}
