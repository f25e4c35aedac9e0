@NullMarked
package pointsman.fleet.catalogue;

import org.jspecify.annotations.NullMarked;
