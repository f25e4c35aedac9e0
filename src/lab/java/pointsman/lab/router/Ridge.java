package pointsman.lab.router;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import pointsman.learn.AbilityFit;
import pointsman.learn.SymmetricSystem;

/// Linear regression with a penalty on the weights of the standardised features (Hoerl & Kennard 1970).
final class Ridge {
    private static final double PENALTY = 1; // of one row's weight
    private static final double FLAT = 1e-9;

    private final double[] mean;
    private final double[] scale;
    private final double[] weights;
    private final double level;

    Ridge(double[][] features, double[] target) {
        var columns = features[0].length;
        mean = IntStream.range(0, columns)
                .mapToDouble(column -> average(features, row -> row[column]))
                .toArray();
        scale = IntStream.range(0, columns)
                .mapToDouble(column ->
                        Math.sqrt(average(features, row -> Math.pow(row[column] - mean[column], 2))) + FLAT)
                .toArray();
        level = Arrays.stream(target).average().orElseThrow();
        var squares = new double[columns][columns];
        var products = new double[columns];
        for (var row = 0; row < features.length; row++) {
            var x = standardised(features[row]);
            AbilityFit.addSquare(squares, 0, x, 1);
            for (var column = 0; column < columns; column++) {
                products[column] += x[column] * (target[row] - level);
            }
        }
        IntStream.range(0, columns).forEach(column -> squares[column][column] += PENALTY);
        weights = new SymmetricSystem(squares).solve(products);
    }

    private static double average(double[][] rows, ToDoubleFunction<double[]> value) {
        return Arrays.stream(rows).mapToDouble(value).average().orElseThrow();
    }

    private double[] standardised(double[] features) {
        return IntStream.range(0, features.length)
                .mapToDouble(column -> (features[column] - mean[column]) / scale[column])
                .toArray();
    }

    double predict(double[] features) {
        var x = standardised(features);
        return level
                + IntStream.range(0, x.length)
                        .mapToDouble(column -> weights[column] * x[column])
                        .sum();
    }
}
