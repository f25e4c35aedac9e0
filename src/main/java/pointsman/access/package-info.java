/// Who calls and what they may do: tenants, their keys and policies, and the limits of the door, as data. The
/// door itself is in `http`.
@NullMarked
package pointsman.access;

import org.jspecify.annotations.NullMarked;
