package pointsman.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A provider on a loopback port that misbehaves as it is told, at each of its upstreams in another way.
/// It speaks OpenAI's chat completions and Anthropic's messages, by the route that is called.
///
/// Its answer is always the same: sixty words that each stand once in it, `word1 word2 ...`, one for each
/// event. Asked to go on with an answer it goes on as models do: exactly where a prefill stops, and a few
/// words too early where the words so far stand anywhere else.
///
/// It speaks HTTP on plain sockets, so that a fault can break the protocol wherever it likes.
public final class FaultyProvider implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 4096;

    private final ServerSocket listener;
    private final Map<String, FaultyUpstream> upstreams = new ConcurrentHashMap<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private FaultyProvider(ServerSocket listener) {
        this.listener = listener;
    }

    /// Starts a provider on a free loopback port.
    public static FaultyProvider start() {
        try {
            var provider = new FaultyProvider(new ServerSocket(0, MAX_CONNECTIONS, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().start(provider::accept);
            return provider;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Adds an upstream.
    ///
    /// @param name its place in the address
    /// @param inputTokens what it counts of every prompt, so that it is seen whose usage a client gets
    public FaultyUpstream upstream(String name, int inputTokens, Pace pace) {
        var url = "http://127.0.0.1:%d/%s/v1".formatted(listener.getLocalPort(), name);
        var upstream = new FaultyUpstream(url, inputTokens, pace);
        upstreams.put(name, upstream);
        return upstream;
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
                if (connections.size() >= MAX_CONNECTIONS) {
                    socket.close();
                    continue;
                }
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
        }
    }

    private void answer(Call call, Socket socket) throws IOException, InterruptedException {
        var path = call.path();
        var upstream = upstreams.get(path.substring(1, Math.max(1, path.indexOf('/', 1))));
        if (upstream == null) {
            new Exchange(call, socket, 1).json(418, Completions.error("There is no upstream at " + path + "."));
            return;
        }
        upstream.answer(call, socket);
    }
}
