/// Tables: read from CSV, JSON Lines or Parquet within limits and memory, and written again. Plain Java.
@NullMarked
package pointsman.table;

import org.jspecify.annotations.NullMarked;
