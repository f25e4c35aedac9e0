/// An answer between two dialects: its steps in words of no dialect, and what every reader, writer and
/// stream of a format is to the others. Usage is read and written here, too.
@NullMarked
package pointsman.dialect.answer;

import org.jspecify.annotations.NullMarked;
