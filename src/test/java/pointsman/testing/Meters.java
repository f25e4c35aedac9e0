package pointsman.testing;

import java.io.IOException;
import java.util.Arrays;

/// The meters of a [Gateway] as Prometheus reads them.
public final class Meters {
    private final String text;

    private Meters(String text) {
        this.text = text;
    }

    /// Reads all meters now.
    public static Meters of(Gateway gateway) throws IOException, InterruptedException {
        return new Meters(gateway.client().management("/actuator/prometheus").text());
    }

    /// The sum of all series of `name` that carry every one of `labels`, each as `key="value"`; 0 if there is none.
    public double sum(String name, String... labels) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /// Whether any series has a name that starts with `prefix`.
    public boolean has(String prefix) {
        return text.lines().anyMatch(line -> line.startsWith(prefix));
    }

    @Override
    public String toString() {
        return text;
    }
}
