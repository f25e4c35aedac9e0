/// Tests of the jobs: stores, leases, forecasts.
@NullMarked
package pointsman.batch;

import org.jspecify.annotations.NullMarked;
