/// The decision: which model answers a request, and why; and when large answers in small's place.
@NullMarked
package pointsman.route;

import org.jspecify.annotations.NullMarked;
