package pointsman.lab.server;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.management.jfr.FlightRecorderMXBean;

/// A server under measurement: a process of its own on a loopback port.
final class Server implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(90);
    /// What Linux counts processor time in for those who ask: hundredths of a second.
    private static final long MICROS_PER_TICK = 10_000;

    private final String name;
    private final Process process;
    private final int port;
    private final JMXConnector connector;
    private final MBeanServerConnection beans;

    private Server(String name, Process process, int port, JMXConnector connector) throws IOException {
        this.name = name;
        this.process = process;
        this.port = port;
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
    }

    /// What to start: `java` with these flags and arguments, of which `%d` is the port.
    record Plan(String name, List<String> java) {}

    /// Starts it and waits until it listens.
    static Server start(Plan plan, List<String> prefix, Path log) throws IOException, InterruptedException {
        int port = freePort();
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        plan.java().forEach(argument -> command.add(argument.replace("%d", Integer.toString(port))));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            awaitListening(plan.name(), process, port, log);
            return new Server(plan.name(), process, port, connect(process.pid()));
        } catch (IOException | InterruptedException | RuntimeException failed) {
            process.destroyForcibly();
            throw failed;
        }
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Usage usage() throws IOException {
        var line = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
        // The name of the command, in parentheses, may hold blanks. What follows begins with the third field.
        var fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
        return new Usage(
                Long.parseLong(fields[11]) * MICROS_PER_TICK,
                Long.parseLong(fields[12]) * MICROS_PER_TICK,
                allocated());
    }

    /// Of physical memory, now.
    long residentMegabytes() throws IOException {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    >> 10;
        }
    }

    /// Its flight recorder.
    FlightRecorderMXBean recorder() throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(
                beans, "jdk.management.jfr:type=FlightRecorder", FlightRecorderMXBean.class);
    }

    @Override
    public void close() throws IOException {
        connector.close();
        process.destroy();
        process.onExit().join();
    }

    private long allocated() throws IOException {
        try {
            return (Long) beans.getAttribute(new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
        } catch (JMException failed) {
            throw new IOException(name + " does not say what it allocates", failed);
        }
    }

    @SuppressWarnings("BanJNDI") // the address comes from a process that this one began, not from a stranger
    private static JMXConnector connect(long pid) throws IOException {
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException failed) {
            throw new IOException(failed);
        }
    }

    private static void awaitListening(String name, Process process, int port, Path log)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (process.isAlive() && System.nanoTime() < end) {
            try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException _) {
                Thread.sleep(50);
            }
        }
        throw new IOException("%s did not start:%n%s".formatted(name, Files.readString(log)));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
