/// Tests of this room.
@NullMarked
package pointsman.command;

import org.jspecify.annotations.NullMarked;
