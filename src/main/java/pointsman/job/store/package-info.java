/// Where jobs are kept: the database, what stands in it, and who may write it; uploads and files beside it.
@NullMarked
package pointsman.job.store;

import org.jspecify.annotations.NullMarked;
