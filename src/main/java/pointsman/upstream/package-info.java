/// The models behind us and the resilient road to them.
@NullMarked
package pointsman.upstream;

import org.jspecify.annotations.NullMarked;
