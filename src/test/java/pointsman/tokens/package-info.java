/// Tests of this room.
@NullMarked
package pointsman.tokens;

import org.jspecify.annotations.NullMarked;
