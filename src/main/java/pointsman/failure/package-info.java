/// The closed list of bad endings, the one table of what a client is told of each, and the one writer that turns
/// them into a body.
@NullMarked
package pointsman.failure;

import org.jspecify.annotations.NullMarked;
