/// What things cost: the commands `bench ...`.
@NullMarked
package pointsman.lab.bench;

import org.jspecify.annotations.NullMarked;
