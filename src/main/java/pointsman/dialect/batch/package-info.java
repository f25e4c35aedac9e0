/// The files of OpenAI's batches: a request a line, an answer a line.
@NullMarked
package pointsman.dialect.batch;

import org.jspecify.annotations.NullMarked;
