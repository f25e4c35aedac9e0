package pointsman.score;

/// The two models between which is routed, by their names in the training data.
public record ModelPair(String small, String large) {
    /// Reads the two names.
    ///
    /// @param names `SMALL,LARGE`
    /// @throws IllegalArgumentException if these are not two different names
    public static ModelPair parse(String names) {
        var comma = names.indexOf(',');
        if (comma < 0 || comma != names.lastIndexOf(',')) {
            throw new IllegalArgumentException("must be SMALL,LARGE, was '%s'".formatted(names));
        }
        return new ModelPair(
                names.substring(0, comma).strip(), names.substring(comma + 1).strip());
    }

    public ModelPair {
        if (small.isEmpty() || large.isEmpty() || small.equals(large)) {
            throw new IllegalArgumentException(
                    "must be two different models as SMALL,LARGE, was '%s,%s'".formatted(small, large));
        }
    }

    @Override
    public String toString() {
        return small + "," + large;
    }
}
