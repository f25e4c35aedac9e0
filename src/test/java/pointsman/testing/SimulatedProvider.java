package pointsman.testing;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import pointsman.cache.ProviderCache;
import tools.jackson.databind.JsonNode;

/// A provider on a loopback port that keeps a prompt cache by a provider's rule and bills by it: shortest
/// beginnings, whole steps, the request from which on a beginning counts, slots, marks, writes and time to
/// live.
///
/// It shares the rule's data with the gateway and none of its code: its cache is a tree of tokens. A prompt
/// is in the tree from the moment when its answer is sent, as a provider's is when its prefill is done.
///
/// It has a port of its own, and a [FakeUpstream] may leave a mode to it.
public final class SimulatedProvider implements Script, AutoCloseable {
    private static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    private static final int ANSWER_TOKENS = 8;
    private static final int SLOTS = 4;
    private static final int MOST_MARKS = 4;

    private final ServerSocket listener;
    private final ProviderCache rule;
    private volatile Duration latency;
    private TokenTree tree = new TokenTree();
    private final List<int[]> slots = new ArrayList<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private Bill bill = new Bill(0, 0, 0, 0, 0);

    private SimulatedProvider(ServerSocket listener, ProviderCache rule, Duration latency) {
        this.listener = listener;
        this.rule = rule;
        this.latency = latency;
        for (int slot = 0; slot < SLOTS; slot++) {
            slots.add(new int[0]);
        }
    }

    /// What the provider has charged for.
    public record Bill(int requests, long input, long cached, long written, long output) {
        /// In dollars, at so many for a million tokens.
        public double dollars(ProviderCache rule, double inputPrice, double outputPrice) {
            double fresh = input - cached;
            double prompts = fresh + cached * rule.readFactor() + written * (rule.writeFactor() - 1);
            return (prompts * inputPrice + output * outputPrice) / 1e6;
        }
    }

    /// Starts a provider.
    ///
    /// @param latency from a request to its answer
    public static SimulatedProvider start(ProviderCache rule, Duration latency) {
        try {
            var listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
            var provider = new SimulatedProvider(listener, rule, latency);
            Thread.ofVirtual().start(provider::accept);
            return provider;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// From now on it takes so long from a request to its answer.
    public void latency(Duration other) {
        latency = other;
    }

    /// What a client calls its base URL.
    public String baseUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
    }

    /// The bill since the last [#forget].
    public synchronized Bill bill() {
        return bill;
    }

    /// The requests since the last [#forget], in the order of their arrival.
    public List<String> bodies() {
        return List.copyOf(bodies);
    }

    /// Empties the cache and tears the bill up.
    public synchronized void forget() {
        tree = new TokenTree();
        slots.replaceAll(_ -> new int[0]);
        bodies.clear();
        bill = new Bill(0, 0, 0, 0, 0);
    }

    private void accept() {
        try {
            while (true) {
                var socket = listener.accept();
                connections.add(socket);
                Thread.startVirtualThread(() -> serve(socket));
            }
        } catch (IOException _) {
            // Closed: that is how a provider stops.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            new Connection(socket, this::answer).serve();
        } catch (IOException _) {
            // The caller left.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(socket);
        }
    }

    private void answer(Call call, Socket socket) throws IOException {
        answer(new Exchange(call, socket, 1), "");
    }

    @Override
    public void answer(Exchange exchange, String argument) throws IOException {
        bodies.add(exchange.call().text());
        var request = exchange.call().json();
        var marks = new ArrayList<Integer>();
        var prompt = tokens(request, marks);
        if (marks.size() > MOST_MARKS) {
            exchange.json(400, Completions.error("A maximum of 4 blocks with cache_control."));
            return;
        }
        int slot = slot(request, prompt);
        int cached = rule.rule().hit(Math.min(prompt.length, known(prompt, marks, slot)));
        LockSupport.parkNanos(latency.toNanos());
        int written = charge(prompt, marks, cached, slot);
        var usage =
                "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"prompt_tokens_details\":{\"cached_tokens\":%d,\"cache_write_tokens\":%d}}"
                        .formatted(prompt.length, ANSWER_TOKENS, prompt.length + ANSWER_TOKENS, cached, written);
        var content =
                Completions.quoted("a%08x".formatted(request.path("messages").hashCode()));
        exchange.json(
                200,
                "{\"id\":\"sim\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"sim\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                        + content + "},\"finish_reason\":\"stop\"}]," + usage + "}");
    }

    private synchronized int charge(int[] prompt, List<Integer> marks, int cached, int slot) {
        slots.set(slot, prompt);
        int node = TokenTree.ROOT;
        long now = System.nanoTime();
        for (int depth = 1; depth <= prompt.length; depth++) {
            node = tree.childOrNew(node, prompt[depth - 1]);
            tree.use(node, marks.contains(depth), now);
        }
        int written = rule.scope() == ProviderCache.Scope.EXPLICIT
                ? Math.max(0, lastMark(marks) - cached)
                : writtenByItself(prompt, cached);
        bill = new Bill(
                bill.requests + 1,
                bill.input + prompt.length,
                bill.cached + cached,
                bill.written + written,
                bill.output + ANSWER_TOKENS);
        return written;
    }

    /// What is too short is not written, and is no error.
    private int lastMark(List<Integer> marks) {
        return marks.stream()
                .filter(depth -> depth >= rule.rule().minimumTokens())
                .mapToInt(depth -> depth)
                .max()
                .orElse(0);
    }

    private int writtenByItself(int[] prompt, int cached) {
        var isPaid = rule.writeFactor() != 1 && prompt.length >= rule.rule().minimumTokens();
        return isPaid ? rule.rule().hit(prompt.length) - cached : 0;
    }

    private synchronized int known(int[] prompt, List<Integer> marks, int slot) {
        return switch (rule.scope()) {
            case SLOT -> common(slots.get(slot), prompt);
            case PREFIX -> inTree(prompt);
            case EXPLICIT -> marked(prompt, marks);
        };
    }

    /// The longest marked beginning that an earlier request marked too.
    private int marked(int[] prompt, List<Integer> marks) {
        int node = TokenTree.ROOT;
        int known = 0;
        for (int depth = 1; depth <= prompt.length; depth++) {
            node = tree.child(node, prompt[depth - 1]);
            if (node == TokenTree.NONE || isStale(node)) {
                return known;
            }
            known = tree.isMarked(node) && marks.contains(depth) ? depth : known;
        }
        return known;
    }

    private int inTree(int[] prompt) {
        int node = TokenTree.ROOT;
        for (int depth = 0; depth < prompt.length; depth++) {
            node = tree.child(node, prompt[depth]);
            if (node == TokenTree.NONE || tree.uses(node) < rule.hitsFrom() - 1 || isStale(node)) {
                return depth;
            }
        }
        return prompt.length;
    }

    private boolean isStale(int node) {
        return rule.ttlSeconds() > 0
                && System.nanoTime() - tree.lastUse(node)
                        > Duration.ofSeconds(rule.ttlSeconds()).toNanos();
    }

    /// The slot that a request asks for, else the one that holds most of it.
    private synchronized int slot(JsonNode request, int[] prompt) {
        if (request.has("id_slot")) {
            return request.path("id_slot").asInt() % SLOTS;
        }
        int best = 0;
        for (int slot = 1; slot < SLOTS; slot++) {
            best = common(slots.get(slot), prompt) > common(slots.get(best), prompt) ? slot : best;
        }
        return best;
    }

    private static int common(int[] left, int[] right) {
        int common = 0;
        while (common < Math.min(left.length, right.length) && left[common] == right[common]) {
            common++;
        }
        return common;
    }

    /// Four tokens around every message and three before the answer, all of which are the same everywhere.
    ///
    /// @param marks gets the tokens before each mark
    private static int[] tokens(JsonNode request, List<Integer> marks) {
        var tokens = new ArrayList<Integer>();
        for (var message : request.path("messages")) {
            tokens.addAll(List.of(-1, -1, -1, -1));
            var content = message.path("content");
            if (content.isString()) {
                encode(content.asString(), tokens);
            }
            for (var part : content) {
                encode(part.path("text").asString(""), tokens);
                if (part.has("cache_control")) {
                    marks.add(tokens.size());
                }
            }
        }
        tokens.addAll(List.of(-2, -2, -2));
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void encode(String text, List<Integer> tokens) {
        ENCODING.encodeOrdinary(text).boxed().forEach(tokens::add);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (var connection : connections) {
            connection.close();
        }
    }
}
