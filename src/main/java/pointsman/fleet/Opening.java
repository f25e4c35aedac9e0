package pointsman.fleet;

import java.util.List;
import pointsman.dialect.Passage;

/// The way of one request to one upstream, opened.
///
/// @param passage reads the answer
/// @param body what is sent
/// @param dropped the names of what of the request is left out on the way
record Opening(Passage passage, byte[] body, List<String> dropped) {
    Opening {
        dropped = List.copyOf(dropped);
    }
}
