/// What providers keep of prompts: their rules, marks and keys, and the forecast of hits and bills.
@NullMarked
package pointsman.cache;

import org.jspecify.annotations.NullMarked;
