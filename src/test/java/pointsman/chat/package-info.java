/// Tests of this room.
@NullMarked
package pointsman.chat;

import org.jspecify.annotations.NullMarked;
