/// Tests of this room.
@NullMarked
package pointsman.cache;

import org.jspecify.annotations.NullMarked;
