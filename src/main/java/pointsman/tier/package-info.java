/// Small or large, and why.
@NullMarked
package pointsman.tier;

import org.jspecify.annotations.NullMarked;
