/// The engine of jobs: their store, lanes, workers, sending and endings, whatever they are made of.
@NullMarked
package pointsman.job;

import org.jspecify.annotations.NullMarked;
