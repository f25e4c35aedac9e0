/// One tokenizer for one vocabulary.
@NullMarked
package pointsman.tokens;

import org.jspecify.annotations.NullMarked;
