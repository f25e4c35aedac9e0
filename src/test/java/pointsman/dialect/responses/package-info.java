/// OpenAI's responses, read and passed.
@NullMarked
package pointsman.dialect.responses;

import org.jspecify.annotations.NullMarked;
