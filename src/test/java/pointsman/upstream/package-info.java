@NullMarked
package pointsman.upstream;

import org.jspecify.annotations.NullMarked;
