/// Tests of this room.
@NullMarked
package pointsman.dialect.engine;

import org.jspecify.annotations.NullMarked;
