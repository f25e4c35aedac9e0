/// What llama.cpp's server takes of a request.
@NullMarked
package pointsman.dialect.engine;

import org.jspecify.annotations.NullMarked;
