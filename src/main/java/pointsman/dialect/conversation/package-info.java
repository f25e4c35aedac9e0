/// A request between two dialects: what each of them can say, in words of none, and how nothing of it is
/// lost silently.
@NullMarked
package pointsman.dialect.conversation;

import org.jspecify.annotations.NullMarked;
