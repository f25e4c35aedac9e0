@NullMarked
package pointsman.evaluation;

import org.jspecify.annotations.NullMarked;
