@NullMarked
package pointsman.dialect.continuation;

import org.jspecify.annotations.NullMarked;
