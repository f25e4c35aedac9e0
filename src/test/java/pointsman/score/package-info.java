/// Tests of this room.
@NullMarked
package pointsman.score;

import org.jspecify.annotations.NullMarked;
