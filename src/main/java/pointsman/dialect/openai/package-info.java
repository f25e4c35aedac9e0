/// What OpenAI's two dialects of requests have in common.
@NullMarked
package pointsman.dialect.openai;

import org.jspecify.annotations.NullMarked;
