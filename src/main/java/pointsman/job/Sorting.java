package pointsman.job;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/// Sorts by a text that takes effort to make: it is made once for each item (decorate, sort, undecorate).
public final class Sorting {
    private Sorting() {}

    public static <T> List<T> by(List<T> items, Function<T, String> key) {
        return items.stream()
                .map(item -> new Keyed<>(key.apply(item), item))
                .sorted(Comparator.comparing(Keyed::key))
                .map(Keyed::item)
                .toList();
    }

    private record Keyed<T>(String key, T item) {}
}
