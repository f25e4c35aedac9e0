@NullMarked
package pointsman.score;

import org.jspecify.annotations.NullMarked;
