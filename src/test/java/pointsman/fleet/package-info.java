/// Tests of this room.
@NullMarked
package pointsman.fleet;

import org.jspecify.annotations.NullMarked;
