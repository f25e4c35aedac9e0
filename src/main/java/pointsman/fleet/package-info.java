/// The models behind the gateway, and the resilient road to them.
@NullMarked
package pointsman.fleet;

import org.jspecify.annotations.NullMarked;
