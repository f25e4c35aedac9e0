/// How fast one deployment is, how much of it that bears, and how often another may be asked beside it:
/// measures without
/// a clock or a network of their own.
@NullMarked
package pointsman.fleet.pace;

import org.jspecify.annotations.NullMarked;
