@NullMarked
package pointsman.dialect;

import org.jspecify.annotations.NullMarked;
