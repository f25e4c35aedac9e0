/// OpenAI's chat completions: requests, answers, streams, and what can be counted and compared of a prompt
/// in them.
@NullMarked
package pointsman.dialect.chat;

import org.jspecify.annotations.NullMarked;
