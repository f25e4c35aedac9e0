package pointsman.lab.server;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/// Stacks, counted in five ways: whose code ran, of which class, who of ours had it run, which methods, and
/// what ours cost with all that they call.
final class StackTally {
    private static final Pattern LAMBDA = Pattern.compile("\\$\\$Lambda.*");
    private static final String OURS = "pointsman.";
    /// The first that fits.
    private static final List<Map.Entry<String, String>> OWNERS = List.of(
            Map.entry("reactor.netty.", "Reactor Netty"),
            Map.entry("reactor.", "Reactor"),
            Map.entry("io.netty.", "Netty"),
            Map.entry("org.springframework.", "Spring"),
            Map.entry("tools.jackson.", "Jackson"),
            Map.entry("com.fasterxml.", "Jackson"),
            Map.entry("io.micrometer.", "Micrometer"),
            Map.entry("io.github.resilience4j.", "Resilience4j"),
            Map.entry("ch.qos.logback.", "Logback"),
            Map.entry("org.slf4j.", "Logback"),
            Map.entry("com.github.benmanes.", "Caffeine"));

    private final Tally owners = new Tally();
    private final Tally types = new Tally();
    private final Tally nearest = new Tally();
    private final Tally leaves = new Tally();
    private final Tally inclusive = new Tally();

    void add(@Nullable RecordedStackTrace stack, double weight) {
        if (stack == null) {
            owners.add("(no stack)", weight);
            return;
        }
        var methods = stack.getFrames().stream()
                .filter(RecordedFrame::isJavaFrame)
                .map(RecordedFrame::getMethod)
                .toList();
        if (methods.isEmpty()) {
            owners.add("(no Java)", weight);
            return;
        }
        leaves.add(name(methods.getFirst()), weight);
        // The JDK's own code is charged to whoever called it.
        var user = methods.stream().filter(method -> !owner(method).isEmpty()).findFirst();
        owners.add(user.map(StackTally::owner).orElse("JDK"), weight);
        types.add(user.map(StackTally::type).orElse("JDK"), weight);
        nearest.add(ours(methods).findFirst().orElse("(none of ours)"), weight);
        new HashSet<>(ours(methods).toList()).forEach(name -> inclusive.add(name, weight));
    }

    String report(int requests) {
        return "%.1f in all%nBy whose code it is, the JDK's being its caller's%n%s%nBy its class%n%s%nBy the nearest method of ours%n%s%nBy method%n%s%nOurs, with what they call%n%s"
                .formatted(
                        owners.sum() / requests,
                        owners.report(requests, 40),
                        types.report(requests, 70),
                        nearest.report(requests, 50),
                        leaves.report(requests, 50),
                        inclusive.report(requests, 70));
    }

    private static Stream<String> ours(List<RecordedMethod> methods) {
        return methods.stream()
                .filter(method -> method.getType().getName().startsWith(OURS))
                .map(StackTally::name);
    }

    private static String owner(RecordedMethod method) {
        var type = type(method);
        if (type.startsWith(OURS)) {
            return type.substring(0, type.lastIndexOf('.'));
        }
        return OWNERS.stream()
                .filter(owner -> type.startsWith(owner.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElse(type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.") ? "" : "others");
    }

    /// Without the numbers that the JVM gives to lambdas.
    private static String type(RecordedMethod method) {
        return LAMBDA.matcher(method.getType().getName()).replaceFirst("");
    }

    private static String name(RecordedMethod method) {
        return type(method) + "." + method.getName();
    }
}
