/// Tests of this room.
@NullMarked
package pointsman;

import org.jspecify.annotations.NullMarked;
