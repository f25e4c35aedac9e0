/// The commands of the jar, their progress and their endings.
@NullMarked
package pointsman.command;

import org.jspecify.annotations.NullMarked;
