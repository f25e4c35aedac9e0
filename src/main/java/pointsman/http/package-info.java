/// The edge: the door, bodies within their limits, forms, rules about hosts and pages, errors on the way out.
@NullMarked
package pointsman.http;

import org.jspecify.annotations.NullMarked;
