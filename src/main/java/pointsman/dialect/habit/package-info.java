/// What a provider's own API takes of a request of a dialect that it speaks: the table, and the one
/// function that fits a request to it.
///
/// The table is `provider-habits.csv`, a habit of a provider a line. Why not a provider a line? Most of the
/// cells would be empty, half of the habits are some models' only, and each value needs a source and a
/// month of its own: what is true of an API is found one refusal at a time, and goes out of date in the
/// same way.
///
/// A hint that a provider would refuse is left out, and named. What changes what is asked is said in the
/// provider's words where it has any, and else refused by name, so that another model can be asked. What no
/// line of the table is about keeps its bytes: [Habits#fit] gives the very same array, and [HabitScan] sees
/// to it that most requests are not parsed to find that out.
@NullMarked
package pointsman.dialect.habit;

import org.jspecify.annotations.NullMarked;
