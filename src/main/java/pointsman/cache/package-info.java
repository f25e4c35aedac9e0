/// What providers keep of prompts: their rules, which are lines of `cache-rules.csv`, marks and keys, and the
/// forecast of hits and bills.
@NullMarked
package pointsman.cache;

import org.jspecify.annotations.NullMarked;
