/// Tests of this room.
@NullMarked
package pointsman.job;

import org.jspecify.annotations.NullMarked;
