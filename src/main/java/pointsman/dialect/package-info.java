/// The wire formats as pure functions of bytes.
///
/// `Dialects.read` takes a client's body and gives a `ChatRequest`, a view of what routing must know.
/// `ChatRequest.to` opens the `Passage` to one upstream: the body to send there, and the reader for what comes
/// back, whole or as a stream, which gives bytes in the client's dialect and the facts that accounting needs.
@NullMarked
package pointsman.dialect;

import org.jspecify.annotations.NullMarked;
