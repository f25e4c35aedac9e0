package pointsman.fleet.local;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The user's own pip, asked where a package lies: so that whatever index, mirror, proxy, certificate or offline
/// directory of wheels it is set to applies here too, and no registry is named in this program.
///
/// Only wheels are accepted: nothing of a package is ever run or built by pip.
final class Pip {
    private static final Duration RESOLVE_LIMIT = Duration.ofMinutes(2);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(30);

    private final String python;

    private static final class UnknownOption extends IOException {
        private static final long serialVersionUID = 1L;

        UnknownOption(String message) {
            super(message);
        }
    }

    Pip(String python) {
        this.python = python;
    }

    /// The URL of the wheel that pip would install here for `NAME==VERSION`; empty where this pip is too old to tell.
    Optional<URI> locate(String requirement, Path scratch) throws IOException, InterruptedException {
        var report = Files.createTempFile(scratch, "pip", ".json");
        try {
            var options = List.of("--dry-run", "--ignore-installed", "--no-cache-dir", "--report", report.toString());
            run("install", options, requirement, RESOLVE_LIMIT);
            var answer = JsonMapper.shared().readTree(Files.readString(report));
            return Optional.of(
                    URI.create(answer.at("/install/0/download_info/url").asString()));
        } catch (UnknownOption _) {
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IOException("pip gave no readable report for " + requirement, e);
        } finally {
            Files.delete(report);
        }
    }

    /// Lets pip fetch the wheel itself, for an index that only pip can talk to.
    void download(String requirement, Path file) throws IOException, InterruptedException {
        var directory = Files.createTempDirectory(file.toAbsolutePath().getParent(), "pip");
        try {
            run("download", List.of("--no-cache-dir", "--dest", directory.toString()), requirement, DOWNLOAD_LIMIT);
            Files.move(onlyFileIn(directory), file);
        } finally {
            Files.delete(directory);
        }
    }

    private static Path onlyFileIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findFirst().orElseThrow(() -> new IOException("pip download left no file"));
        }
    }

    private void run(String verb, List<String> options, String requirement, Duration limit)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(python, "-m", "pip", verb, "--no-deps", "--only-binary", ":all:"));
        command.addAll(List.of("--quiet", "--no-input", "--disable-pip-version-check"));
        command.addAll(options);
        command.add(requirement);
        var log = Files.createTempFile("pip", ".log");
        try {
            var process = start(command, log);
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException("pip " + verb + " " + requirement + " took longer than " + limit);
            }
            if (process.exitValue() != 0) {
                throw failure(verb, requirement, lastLine(log));
            }
        } finally {
            Files.delete(log);
        }
    }

    private static IOException failure(String verb, String requirement, String said) {
        var message = "pip " + verb + " " + requirement + ": " + said;
        return said.contains("no such option") ? new UnknownOption(message) : new IOException(message);
    }

    private Process start(List<String> command, Path log) throws IOException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new IOException(python + " does not run; pointsman.local.python names it", e);
        }
    }

    private static String lastLine(Path log) throws IOException {
        var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        return lines.substring(lines.lastIndexOf('\n') + 1);
    }
}
