package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// An OpenAI-compatible provider on a loopback port, whose prompts say how it shall behave.
///
/// `[[mode:NAME]]` or `[[mode:NAME:ARGUMENT]]` in a request picks one of [Scripts], or one that the test
/// added by [#on(String, Script)]; the last one named wins, and without any it answers well. Every chat
/// request is recorded. It speaks HTTP on plain sockets, so that scripts can break the protocol wherever
/// they like.
public final class FakeUpstream implements AutoCloseable {
    private static final Pattern MODE = Pattern.compile("\\[\\[mode:([a-z0-9-]+)(?::([^]]*))?]]");
    private static final int MAX_CONNECTIONS = 1024;
    private static final int MAX_CALLS = 10_000;
    private static final Duration ARRIVAL = Duration.ofSeconds(10);

    private final ServerSocket listener;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>(Scripts.ALL);
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final AtomicInteger accepted = new AtomicInteger();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Call> arrivals = new LinkedBlockingQueue<>(MAX_CALLS);

    private FakeUpstream(ServerSocket listener) {
        this.listener = listener;
    }

    /// Starts a provider on a free loopback port.
    public static FakeUpstream start() {
        try {
            var upstream = new FakeUpstream(new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(upstream::accept);
            return upstream;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// What a client calls its base URL: with `/v1`, without a slash at the end.
    public String baseUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
    }

    /// Adds, or replaces, the mode `name`.
    public void on(String name, Script script) {
        scripts.put(name, script);
    }

    /// Adds, or replaces, the mode `name`: it does what another one does.
    public void on(String name, String likeThis) {
        on(name, Optional.ofNullable(scripts.get(likeThis)).orElseThrow());
    }

    /// The chat requests so far, in the order of their arrival.
    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /// The only chat request since the last [#forget()].
    public Call onlyCall() {
        if (calls.size() != 1) {
            throw new AssertionError("Not one call but " + calls.size() + ".");
        }
        return calls.getFirst();
    }

    /// Waits for the next chat request that no one has waited for yet.
    public Call awaitCall() throws InterruptedException {
        var call = arrivals.poll(ARRIVAL.toNanos(), TimeUnit.NANOSECONDS);
        if (call == null) {
            throw new AssertionError("No call came within " + ARRIVAL + ".");
        }
        return call;
    }

    /// Connections accepted since the start.
    public int acceptedConnections() {
        return accepted.get();
    }

    /// Forgets all recorded calls.
    public void forget() {
        calls.clear();
        arrivals.clear();
    }

    /// Forgets all recorded calls and all modes that a test added or replaced.
    void renew() {
        scripts.putAll(Scripts.ALL);
        scripts.keySet().retainAll(Scripts.ALL.keySet());
        forget();
    }

    /// Refuses further connections and cuts those that are open.
    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                if (!places.tryAcquire()) {
                    socket.close();
                    continue;
                }
                accepted.incrementAndGet();
                connections.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed: that is how a provider stops.
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
            new Connection(socket, this::answer).serve();
        } catch (IOException _) {
            // The caller left before it was served.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
            places.release();
        }
    }

    private void answer(Call call, Socket socket) throws IOException, InterruptedException {
        if (call.method().equals("GET")) {
            new Exchange(call, socket, 1).json(200, Completions.MODELS);
            return;
        }
        var exchange = new Exchange(call, socket, record(call));
        var mode = MODE.matcher(call.text()).results().reduce((_, last) -> last);
        var name = mode.map(found -> found.group(1)).orElse("ok");
        var argument = mode.map(found -> found.group(2)).orElse("");
        var script = scripts.get(name);
        if (script == null) {
            exchange.json(418, Completions.error("The fake upstream knows no mode named " + name + "."));
            return;
        }
        script.answer(exchange, argument);
    }

    private synchronized int record(Call call) {
        if (calls.size() >= MAX_CALLS) {
            throw new IllegalStateException("More than " + MAX_CALLS + " calls; forget() them between the tests.");
        }
        calls.add(call);
        arrivals.add(call);
        return (int) calls.stream()
                .filter(earlier -> Arrays.equals(earlier.bytes(), call.bytes()))
                .count();
    }
}
