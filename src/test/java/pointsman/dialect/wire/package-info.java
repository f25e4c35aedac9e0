/// Tests of this room.
@NullMarked
package pointsman.dialect.wire;

import org.jspecify.annotations.NullMarked;
