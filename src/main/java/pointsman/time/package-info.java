/// Time limits of what comes in parts: a body, an answer, the gap between two events of a stream; and what is asked
/// twice where the first is late.
@NullMarked
package pointsman.time;

import org.jspecify.annotations.NullMarked;
