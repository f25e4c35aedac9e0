/// How jobs run: their path, the lanes that are sent, the limits that they keep, and the way to the models.
@NullMarked
package pointsman.job.run;

import org.jspecify.annotations.NullMarked;
