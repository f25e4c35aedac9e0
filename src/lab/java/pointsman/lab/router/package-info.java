/// What a router is worth: measures on known outcomes, simulated promises, onboarding, attacks.
@NullMarked
package pointsman.lab.router;

import org.jspecify.annotations.NullMarked;
