package pointsman.surface;

import pointsman.fleet.RawRequest;

/// A request for a surface: the few facts that matter here. The rest stays in its bytes.
///
/// @param surface that is asked
/// @param model as the client named it; empty if it did not
/// @param characters of the text that is to be spoken
/// @param raw what travels on
record SurfaceRequest(Surface surface, String model, long characters, RawRequest raw) {
    SurfaceRequest(
            Surface surface,
            String model,
            long characters,
            boolean isStream,
            String contentType,
            RawRequest.Body body) {
        this(
                surface,
                model,
                characters,
                new RawRequest(surface.path(), contentType, body, isStream, surface.isRepeatable()));
    }
}
