/// Tokens, prices, money and meters.
@NullMarked
package pointsman.usage;

import org.jspecify.annotations.NullMarked;
