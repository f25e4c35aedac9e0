package pointsman.learn;

import java.util.stream.IntStream;

/// Solves A x = b for a symmetric positive definite A by Cholesky's factorisation.
public final class SymmetricSystem {
    private final double[][] lower;

    /// Factorises.
    ///
    /// @param matrix symmetric; only what is on and below the diagonal is read
    /// @throws IllegalArgumentException if it is not positive definite
    public SymmetricSystem(double[][] matrix) {
        var size = matrix.length;
        lower = new double[size][size];
        for (var row = 0; row < size; row++) {
            for (var column = 0; column <= row; column++) {
                var rest = matrix[row][column];
                for (var done = 0; done < column; done++) {
                    rest -= lower[row][done] * lower[column][done];
                }
                lower[row][column] = row == column ? root(rest) : rest / lower[column][column];
            }
        }
    }

    private static double root(double rest) {
        if (!(rest > 0)) {
            throw new IllegalArgumentException("the matrix is not positive definite");
        }
        return Math.sqrt(rest);
    }

    public double[] solve(double[] right) {
        var x = right.clone();
        for (var row = 0; row < x.length; row++) {
            for (var column = 0; column < row; column++) {
                x[row] -= lower[row][column] * x[column];
            }
            x[row] /= lower[row][row];
        }
        for (var row = x.length - 1; row >= 0; row--) {
            for (var column = row + 1; column < x.length; column++) {
                x[row] -= lower[column][row] * x[column];
            }
            x[row] /= lower[row][row];
        }
        return x;
    }

    /// Of the matrix.
    double logDeterminant() {
        return 2
                * IntStream.range(0, lower.length)
                        .mapToDouble(at -> Math.log(lower[at][at]))
                        .sum();
    }

    double[][] inverse() {
        var inverse = new double[lower.length][];
        for (var row = 0; row < lower.length; row++) {
            var unit = new double[lower.length];
            unit[row] = 1;
            inverse[row] = solve(unit);
        }
        return inverse;
    }
}
