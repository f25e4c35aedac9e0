/// The closed list of bad endings, and the one writer that turns them into a status and a body.
@NullMarked
package pointsman.failure;

import org.jspecify.annotations.NullMarked;
