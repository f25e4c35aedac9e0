@NullMarked
package pointsman.tier;

import org.jspecify.annotations.NullMarked;
