/// Tests of this room.
@NullMarked
package pointsman.dialect.chat;

import org.jspecify.annotations.NullMarked;
