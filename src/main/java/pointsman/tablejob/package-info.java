/// A question for each row of a table.
@NullMarked
package pointsman.tablejob;

import org.jspecify.annotations.NullMarked;
