/// The judge of fail-over: a client for each dialect that believes nothing, in front of a gateway whose
/// upstreams fail as [pointsman.testing.Fault] has it.
@NullMarked
package pointsman.testing.failover;

import org.jspecify.annotations.NullMarked;
