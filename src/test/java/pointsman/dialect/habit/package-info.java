/// Tests of this room.
@NullMarked
package pointsman.dialect.habit;

import org.jspecify.annotations.NullMarked;
