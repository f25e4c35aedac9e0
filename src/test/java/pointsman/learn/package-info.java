/// Tests of this room.
@NullMarked
package pointsman.learn;

import org.jspecify.annotations.NullMarked;
