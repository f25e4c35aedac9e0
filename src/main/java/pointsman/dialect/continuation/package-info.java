/// What comes after an answer broke off: its words and those of the model that goes on become one text.
@NullMarked
package pointsman.dialect.continuation;

import org.jspecify.annotations.NullMarked;
