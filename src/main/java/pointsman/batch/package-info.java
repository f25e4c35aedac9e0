/// OpenAI's batches: a file of requests, each answered as a single one would be.
@NullMarked
package pointsman.batch;

import org.jspecify.annotations.NullMarked;
