/// OpenAI's responses.
@NullMarked
package pointsman.dialect.responses;

import org.jspecify.annotations.NullMarked;
