/// Tests of this room.
@NullMarked
package pointsman.route;

import org.jspecify.annotations.NullMarked;
