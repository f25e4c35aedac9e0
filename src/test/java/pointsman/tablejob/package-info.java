/// Tests of this room.
@NullMarked
package pointsman.tablejob;

import org.jspecify.annotations.NullMarked;
