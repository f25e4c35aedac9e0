@NullMarked
package pointsman.command;

import org.jspecify.annotations.NullMarked;
