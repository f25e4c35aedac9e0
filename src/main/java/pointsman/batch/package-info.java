/// A job from upload to results: a table and a question asked of each of its rows, or a file of chat requests.
/// The path of a job is written once, in `TableJob.run`; what is accepted is durable, and lanes are the unit of
/// work.
@NullMarked
package pointsman.batch;

import org.jspecify.annotations.NullMarked;
