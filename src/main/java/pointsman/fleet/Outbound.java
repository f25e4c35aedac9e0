package pointsman.fleet;

import java.util.List;
import java.util.Map;
import pointsman.dialect.Passage;

/// A request in the words of the model that is to answer it, ready to be sent, as often as it takes. Whatever its
/// client did wrong was told when it was made.
///
/// @param model that is asked
/// @param passage reads the answer
/// @param body what is sent
/// @param dropped the names of what of the request is left out on the way
/// @param path where it is sent, below the provider's address
/// @param stream whether the answer comes as events
/// @param headers of the client that the provider may see
@SuppressWarnings("ArrayRecordComponent") // big, shared, and never compared
public record Outbound(
        Model model,
        Passage passage,
        byte[] body,
        List<String> dropped,
        String path,
        boolean stream,
        Map<String, String> headers) {
    public Outbound {
        dropped = List.copyOf(dropped);
        headers = Map.copyOf(headers);
    }
}
