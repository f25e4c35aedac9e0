package pointsman.score;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// By which word the router knows a model of which only names and perhaps a price are known: the first of
/// its names that
/// is one of the training data's, else a size that one of them says, else the price.
public final class RungNames {
    private static final Pattern SIZE = Pattern.compile("(?<![\\w.])(\\d{1,4}(?:\\.\\d{1,3})?)([bBmM])(?![\\w.])");

    private final List<String> known;
    private final ModelPair pair;

    /// @param known names of the training data; none where there is no router
    /// @param pair of the configuration
    RungNames(List<String> known, ModelPair pair) {
        this.known = List.copyOf(known);
        this.pair = pair;
    }

    static RungNames of(RouterProperties properties) {
        try {
            var router = RouterModel.load(properties.directory());
            return new RungNames(router.models(), properties.pairFor(router));
        } catch (RouterModelException _) { // told when the router is loaded, and nothing is scored then
            return new RungNames(List.of(), new ModelPair("small", "large"));
        }
    }

    /// The word for the cheap model of the configured pair.
    public String small() {
        return pair.small();
    }

    /// The word for its costly model.
    public String large() {
        return pair.large();
    }

    /// The word for a model.
    ///
    /// @param names that it has
    /// @param dollars that a million of its tokens cost, prompt and answer mixed three to one
    /// @return empty if nothing about it says how good it may be
    public Optional<String> word(List<String> names, OptionalDouble dollars) {
        return names.stream()
                .filter(known::contains)
                .findFirst()
                .or(() -> names.stream().flatMap(name -> size(name).stream()).findFirst())
                .or(() -> dollars.isPresent() && dollars.getAsDouble() > 0
                        ? Optional.of(price(dollars))
                        : Optional.empty());
    }

    private static Optional<String> size(String name) {
        var matcher = SIZE.matcher(name);
        return matcher.find()
                ? Optional.of(matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT))
                : Optional.empty();
    }

    private static String price(OptionalDouble dollars) {
        return String.format(Locale.ROOT, "$%.4f", dollars.getAsDouble());
    }
}
