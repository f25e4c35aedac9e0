/// The order of rows and fields that makes prompts share their beginnings. Plain Java, no framework.
@NullMarked
package pointsman.table;

import org.jspecify.annotations.NullMarked;
