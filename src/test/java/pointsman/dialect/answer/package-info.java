@NullMarked
package pointsman.dialect.answer;

import org.jspecify.annotations.NullMarked;
