/// Tests of this room.
@NullMarked
package pointsman.http;

import org.jspecify.annotations.NullMarked;
