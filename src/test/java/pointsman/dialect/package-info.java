/// Tests of this room.
@NullMarked
package pointsman.dialect;

import org.jspecify.annotations.NullMarked;
