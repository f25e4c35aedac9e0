/// The decision: which model answers a request, and why.
@NullMarked
package pointsman.route;

import org.jspecify.annotations.NullMarked;
