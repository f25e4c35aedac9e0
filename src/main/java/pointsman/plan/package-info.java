/// The order of rows and fields of a table that lets prompts share their beginnings: plain Java, and the heart
/// of what a job saves. `Planner` tries several ways to order, each a `Solver`, and chooses the one with the
/// most hits; `Plan` says what was chosen and what a provider's cache will make of it.
@NullMarked
package pointsman.plan;

import org.jspecify.annotations.NullMarked;
