/// The edge: the door, connections and bodies within limits, forms, and errors on the way out.
///
/// **Why no `RouterFunction`?** WebFlux's function routes know no 405 with `Allow` and give a GET no HEAD, so
/// both would stay ours; and they cost more: with our twenty routes 2.8 to 4 microseconds a request against 1.3
/// to 1.8 of a map of paths to handlers (`SimpleUrlHandlerMapping` and [Methods]), measured by a loop around
/// Spring's dispatcher.
@NullMarked
package pointsman.http;

import org.jspecify.annotations.NullMarked;
