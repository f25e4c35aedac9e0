/// Tests of this room.
@NullMarked
package pointsman.surface;

import org.jspecify.annotations.NullMarked;
