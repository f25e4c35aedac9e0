/// Tests of this room.
@NullMarked
package pointsman.job.store;

import org.jspecify.annotations.NullMarked;
