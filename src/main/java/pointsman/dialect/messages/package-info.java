/// Anthropic's messages.
@NullMarked
package pointsman.dialect.messages;

import org.jspecify.annotations.NullMarked;
