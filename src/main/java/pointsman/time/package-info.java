/// Time limits of what comes in parts: a body, an answer, the gap between two events of a stream.
@NullMarked
package pointsman.time;

import org.jspecify.annotations.NullMarked;
