package pointsman.job.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A PostgreSQL of its own on loopback, for the length of a test. It does not run as root, so root becomes
/// `postgres`.
record PostgresServer(Path programs, Path data, int port) {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");

    /// Starts one, if it is installed.
    static Optional<PostgresServer> start() throws IOException, InterruptedException {
        var programs = installed();
        if (programs.isEmpty()) {
            return Optional.empty();
        }
        var server = new PostgresServer(programs.get(), Files.createTempDirectory("pointsman-pg-"), freePort());
        if (isRoot()) {
            execute(List.of("chown", "postgres", server.data().toString()));
        }
        server.run(
                "initdb",
                "-A",
                "trust",
                "-U",
                "postgres",
                "-D",
                server.data().resolve("db").toString());
        server.run(
                "pg_ctl",
                "-D",
                server.data().resolve("db").toString(),
                "-w",
                "-l",
                server.data().resolve("log").toString(),
                "-o",
                "-p %d -k %s -c listen_addresses=127.0.0.1".formatted(server.port(), server.data()),
                "start");
        return Optional.of(server);
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
    }

    /// Ends it and leaves nothing behind.
    void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data.resolve("db").toString(), "-m", "immediate", "stop");
        try (var files = Files.walk(data)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        execute(command);
    }

    private static void execute(List<String> command) throws IOException, InterruptedException {
        var log = Files.createTempFile("pointsman-pg-", ".log");
        var process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("%s failed: %s".formatted(command, Files.readString(log)));
        }
        Files.delete(log);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name", "").equals("root");
    }

    private static Optional<Path> installed() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(INSTALLED)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
