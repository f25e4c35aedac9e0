package pointsman.fleet;

import java.nio.ByteBuffer;
import java.util.List;

/// A request whose bytes nobody here translates: only its model's name is another at each
/// deployment.
///
/// @param path below a provider's base address
/// @param contentType of its body
/// @param body by the name that a deployment knows the model by
/// @param isStream whether its answer is wanted as it comes
/// @param isRepeatable whether it may be sent again although it may have been done: an image that
///     is drawn twice is paid twice
public record RawRequest(String path, String contentType, Body body, boolean isStream, boolean isRepeatable) {
    /// Makes the body for a deployment, in pieces: most of it is the client's own bytes.
    public interface Body {
        List<ByteBuffer> of(String model);
    }
}
