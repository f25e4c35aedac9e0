/// OpenAI's chat completions.
@NullMarked
package pointsman.dialect.chat;

import org.jspecify.annotations.NullMarked;
