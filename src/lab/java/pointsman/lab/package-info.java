/// The laboratory: what researchers run and no user needs. It is compiled with the tests, so that it does
/// not rot, and is not in the jar.
///
/// What measures the inside of a room lies in that room's package under `src/lab`, as the tests of the inside do.
@NullMarked
package pointsman.lab;

import org.jspecify.annotations.NullMarked;
