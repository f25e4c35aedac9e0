@NullMarked
package pointsman;

import org.jspecify.annotations.NullMarked;
