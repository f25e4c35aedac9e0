/// Tests of this room.
@NullMarked
package pointsman.usage;

import org.jspecify.annotations.NullMarked;
