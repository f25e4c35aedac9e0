/// Pointsman: a gateway in front of LLM APIs. ARCHITECTURE.md tells the paths and the allowed arrows.
@NullMarked
package pointsman;

import org.jspecify.annotations.NullMarked;
