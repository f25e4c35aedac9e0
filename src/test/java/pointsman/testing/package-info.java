/// What the black-box tests share: a fake provider that is a real server, the gateway on a port, and plain clients.
@NullMarked
package pointsman.testing;

import org.jspecify.annotations.NullMarked;
