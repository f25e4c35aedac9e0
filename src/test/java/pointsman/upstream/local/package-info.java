@NullMarked
package pointsman.upstream.local;

import org.jspecify.annotations.NullMarked;
