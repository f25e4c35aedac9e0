/// Tests of this room.
@NullMarked
package pointsman.time;

import org.jspecify.annotations.NullMarked;
