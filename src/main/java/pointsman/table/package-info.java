/// Tables as they come in and go out: CSV, JSON Lines and Parquet, within limits of size and of memory. A column keeps
/// each different cell once (`Dictionary`), for equal cells are what a plan lives on.
@NullMarked
package pointsman.table;

import org.jspecify.annotations.NullMarked;
