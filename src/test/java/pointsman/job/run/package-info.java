/// Tests of this room.
@NullMarked
package pointsman.job.run;

import org.jspecify.annotations.NullMarked;
