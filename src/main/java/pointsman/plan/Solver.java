package pointsman.plan;

/// A way to order rows and fields.
@FunctionalInterface
interface Solver {
    /// An ordering of all rows and of every row's fields.
    Ordering solve(Cells cells);
}
