/// What a request costs the server, beside a bare Spring Cloud Gateway: two processes, one fake provider, one load.
@NullMarked
package pointsman.lab.server;

import org.jspecify.annotations.NullMarked;
