/// What is known of models and providers before anybody configures one: the lines of `models.csv` and
/// `providers.csv`, each with its source and month, and what answers on this machine.
@NullMarked
package pointsman.fleet.catalogue;

import org.jspecify.annotations.NullMarked;
