package pointsman.lab.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordingFile;
import jdk.management.jfr.FlightRecorderMXBean;

/// Where a server's processor time and memory go, as Java's own flight recorder sees it: stacks taken by
/// the processor time that a thread uses, in native code and in the kernel, too.
final class Profile {
    /// Reactor's stacks are deep.
    static final List<String> FLAGS = List.of("-XX:FlightRecorderOptions:stackdepth=256");

    private static final Map<String, String> SETTINGS = Map.of(
            "jdk.CPUTimeSample#enabled", "true",
            "jdk.CPUTimeSample#throttle", "2ms",
            "jdk.ObjectAllocationSample#enabled", "true",
            "jdk.ObjectAllocationSample#throttle", "2000/s");

    private Profile() {}

    /// What is watched.
    interface Load {
        void run() throws IOException, InterruptedException;
    }

    static Path record(FlightRecorderMXBean recorder, String name, Load load) throws IOException, InterruptedException {
        var file = Files.createDirectories(Checkout.path("target/lab"))
                .resolve(name.replaceAll("\\W+", "-") + ".jfr")
                .toAbsolutePath();
        long recording = recorder.newRecording();
        try {
            recorder.setRecordingSettings(recording, SETTINGS);
            recorder.startRecording(recording);
            load.run();
            recorder.stopRecording(recording);
            Files.deleteIfExists(file);
            recorder.copyTo(recording, file.toString());
            return file;
        } finally {
            recorder.closeRecording(recording);
        }
    }

    static String report(Path file, String title, int requests) throws IOException {
        var processor = new StackTally();
        var memory = new StackTally();
        var classes = new Tally();
        var known = new HashSet<Long>();
        try (var events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                var event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.CPUTimeSample" ->
                        processor.add(
                                event.getStackTrace(),
                                event.getDuration("samplingPeriod").toNanos() / 1e3);
                    case "jdk.ObjectAllocationSample" -> {
                        // The first sample of a thread weighs all that it allocated before.
                        if (!known.add(event.getThread().getId())) {
                            memory.add(event.getStackTrace(), (double) event.getLong("weight"));
                            classes.add(event.getClass("objectClass").getName(), (double) event.getLong("weight"));
                        }
                    }
                    default -> {}
                }
            }
        }
        return "%n== %s: processor, microseconds a request ==%n%s%n== %1$s: memory, bytes a request ==%n%s%nBy class%n%s"
                .formatted(title, processor.report(requests), memory.report(requests), classes.report(requests, 20));
    }
}
