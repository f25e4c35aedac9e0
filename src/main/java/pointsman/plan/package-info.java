/// The order of rows and fields that makes prompts share their beginnings.
@NullMarked
package pointsman.plan;

import org.jspecify.annotations.NullMarked;
