/// What a client sees of upstreams that fail: `./lab failover`.
@NullMarked
package pointsman.lab.failover;

import org.jspecify.annotations.NullMarked;
