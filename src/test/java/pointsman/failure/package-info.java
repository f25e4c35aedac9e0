/// Tests of this room.
@NullMarked
package pointsman.failure;

import org.jspecify.annotations.NullMarked;
