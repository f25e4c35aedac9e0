/// Facts of the choice as a library.
@NullMarked
package pointsman.embed;

import org.jspecify.annotations.NullMarked;
