/// Local quantized models: fetched, verified, started, probed, restarted, stopped.
@NullMarked
package pointsman.fleet.local;

import org.jspecify.annotations.NullMarked;
