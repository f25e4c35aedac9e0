/// An interactive request from body to stream, and the routes that ask models. The path is written once, in
/// `ChatGateway.answer`.
@NullMarked
package pointsman.chat;

import org.jspecify.annotations.NullMarked;
