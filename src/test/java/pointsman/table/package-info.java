/// Facts about tables, and the solvers held against slow and obvious ones.
@NullMarked
package pointsman.table;

import org.jspecify.annotations.NullMarked;
