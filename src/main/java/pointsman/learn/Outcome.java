package pointsman.learn;

import java.util.Map;

/// What became of one prompt.
///
/// @param text of the prompt
/// @param source the data set that it comes from
/// @param category within the source; empty if nobody says
/// @param fold of cross-validation that it belongs to, -1 if nobody says
/// @param quality of each model's answer, in [0, 1], by the model's name
public record Outcome(String text, String source, String category, int fold, Map<String, Double> quality) {
    /// The names of the two models in a file of one pair.
    public static final String SMALL = "small", LARGE = "large";

    public Outcome {
        quality = Map.copyOf(quality);
    }

    public boolean has(String model) {
        return quality.containsKey(model);
    }

    public double of(String model) {
        return quality.getOrDefault(model, Double.NaN);
    }
}
