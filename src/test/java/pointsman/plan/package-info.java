/// Tests of this room.
@NullMarked
package pointsman.plan;

import org.jspecify.annotations.NullMarked;
