/// Tests of this room.
@NullMarked
package pointsman.access;

import org.jspecify.annotations.NullMarked;
