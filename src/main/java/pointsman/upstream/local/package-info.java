/// The supervised local quantized models: fetch, verify, start, probe, restart, stop.
@NullMarked
package pointsman.upstream.local;

import org.jspecify.annotations.NullMarked;
