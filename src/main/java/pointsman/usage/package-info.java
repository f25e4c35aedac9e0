/// Tokens, prices, money, and the meters of answered requests. Other meters are in the rooms that they measure.
@NullMarked
package pointsman.usage;

import org.jspecify.annotations.NullMarked;
