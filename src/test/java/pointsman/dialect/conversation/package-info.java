@NullMarked
package pointsman.dialect.conversation;

import org.jspecify.annotations.NullMarked;
