/// Who calls and what they may do: tenants, their keys, and the only door into `/v1`.
@NullMarked
package pointsman.access;

import org.jspecify.annotations.NullMarked;
