@NullMarked
package pointsman.access;

import org.jspecify.annotations.NullMarked;
