/// Tests of this room.
@NullMarked
package pointsman.fleet.local;

import org.jspecify.annotations.NullMarked;
