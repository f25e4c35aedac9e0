/// Tests of this room.
@NullMarked
package pointsman.fleet.pace;

import org.jspecify.annotations.NullMarked;
