/// The wire formats as pure functions of bytes: what routing must know of a request, and how a stream is framed.
@NullMarked
package pointsman.dialect;

import org.jspecify.annotations.NullMarked;
