package pointsman.score;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// A guess at a model of which nothing is known but its size.
///
/// Many of the router's models say their size in their names. Over these a text's logit is regressed on the
/// logarithm of the size, and the line is read at the declared one. A prediction of least squares is a fixed
/// weighted sum of what was observed, so the whole regression is one weight a model, the same for every
/// text. It is a default, not a measurement: sizes say nothing of how a model was trained. Some hundred
/// outcomes say more ([LadderCalibration]).
///
/// @param billions of parameters
record DeclaredSize(double billions) {
    private static final Pattern WHOLE = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,3})?)([bBmM])");
    private static final Pattern IN_NAME = Pattern.compile("(?<![\\w.])(\\d{1,4}(?:\\.\\d{1,3})?)[bB](?![\\w.])");
    private static final double MILLIONS = 1e-3;

    /// Reads `8B`, `1.5b` or `135M`; nothing else is a size.
    static Optional<DeclaredSize> parse(String name) {
        var matcher = WHOLE.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var unit = matcher.group(2).equalsIgnoreCase("b") ? 1 : MILLIONS;
        var billions = Double.parseDouble(matcher.group(1)) * unit;
        return billions > 0 ? Optional.of(new DeclaredSize(billions)) : Optional.empty();
    }

    /// The weight of each known model's logit: of all models that say their size the line's value at this
    /// one.
    ///
    /// @param models names of the known models
    ModelLogit logit(List<String> models) {
        var sizes = models.stream().map(DeclaredSize::logSize).toList();
        var known = sizes.stream().flatMapToDouble(OptionalDouble::stream).toArray();
        var mean = IntStream.range(0, known.length).mapToDouble(i -> known[i]).average();
        if (mean.isEmpty()) {
            throw new IllegalArgumentException("no model of this router says its size in its name");
        }
        var spread = IntStream.range(0, known.length)
                .mapToDouble(i -> Math.pow(known[i] - mean.getAsDouble(), 2))
                .sum();
        var distance = Math.log(billions) - mean.getAsDouble();
        return new ModelLogit.Declared(sizes.stream()
                .map(size -> size.isEmpty()
                        ? 0.0
                        : 1.0 / known.length + distance * (size.getAsDouble() - mean.getAsDouble()) / spread)
                .toList());
    }

    private static OptionalDouble logSize(String name) {
        var matcher = IN_NAME.matcher(name);
        return matcher.find()
                ? OptionalDouble.of(Math.log(Double.parseDouble(matcher.group(1))))
                : OptionalDouble.empty();
    }
}
