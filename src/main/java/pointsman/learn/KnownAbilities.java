package pointsman.learn;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import pointsman.score.Ability;
import pointsman.score.Reading;

/// The points of the router's own models in its skill space, read off what it says: logits are a linear
/// function of skills, so least squares over enough readings find the function exactly, but for rounding.
public final class KnownAbilities {
    private static final double RIDGE = 1e-9;

    private KnownAbilities() {}

    /// One ability a model, in the order of the logits.
    ///
    /// @param readings more than there are skills
    public static List<Ability> of(List<Reading> readings) {
        var asked = readings.stream().map(AbilityFit::withOne).toArray(double[][]::new);
        var size = asked[0].length;
        var squares = new double[size][size];
        Arrays.stream(asked).forEach(x -> AbilityFit.addSquare(squares, 0, x, 1));
        var ridge = RIDGE
                * IntStream.range(0, size)
                        .mapToDouble(at -> squares[at][at])
                        .average()
                        .orElse(1);
        IntStream.range(0, size).forEach(at -> squares[at][at] += ridge);
        var system = new SymmetricSystem(squares);
        return IntStream.range(0, readings.getFirst().logits().length)
                .mapToObj(model -> AbilityFit.ability(system.solve(products(asked, readings, model))))
                .toList();
    }

    private static double[] products(double[][] asked, List<Reading> readings, int model) {
        var products = new double[asked[0].length];
        for (var row = 0; row < asked.length; row++) {
            for (var at = 0; at < products.length; at++) {
                products[at] += asked[row][at] * readings.get(row).logits()[model];
            }
        }
        return products;
    }
}
