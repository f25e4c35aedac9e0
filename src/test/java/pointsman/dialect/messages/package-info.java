/// Tests of this room.
@NullMarked
package pointsman.dialect.messages;

import org.jspecify.annotations.NullMarked;
