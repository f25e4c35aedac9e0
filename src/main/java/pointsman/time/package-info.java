/// Time limits of what comes in parts.
@NullMarked
package pointsman.time;

import org.jspecify.annotations.NullMarked;
