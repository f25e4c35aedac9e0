/// What all jobs share, whatever they are made of: kinds and their steps, items, plans, lanes, failures. Their
/// path is in `job.run`, what is kept of them in `job.store`.
@NullMarked
package pointsman.job;

import org.jspecify.annotations.NullMarked;
