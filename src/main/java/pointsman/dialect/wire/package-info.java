/// JSON and server-sent events, down to their bytes. Nothing here knows a dialect.
@NullMarked
package pointsman.dialect.wire;

import org.jspecify.annotations.NullMarked;
