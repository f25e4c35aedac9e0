/// Tests of this room.
@NullMarked
package pointsman.dialect.batch;

import org.jspecify.annotations.NullMarked;
