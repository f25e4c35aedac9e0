package pointsman.fleet.catalogue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A port of this machine, and the questions that tell which server of models is behind it.
final class LocalPort implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(200);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_MODELS = 1_000;
    /// What can stand in a line for people, and behind `SMALL_MODEL=`, as it is.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}");

    private static final String LIST = "/v1/models";
    /// What a server of models says to whoever asks for its list: here it is, or not without a key.
    private static final Set<Integer> LISTS = Set.of(200, 401, 403);

    private final int number;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    private LocalPort(int number) {
        this.number = number;
    }

    /// The server behind a port, if there is one that we know. Where nobody listens, and that is most
    /// ports, the question costs a connection that is refused.
    static Optional<LocalServer> ask(int number) throws InterruptedException {
        if (!isOpen(number)) {
            return Optional.empty();
        }
        try (var port = new LocalPort(number)) {
            return port.server();
        }
    }

    private static boolean isOpen(int number) {
        try (var socket = new Socket()) {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), number);
            socket.connect(address, Math.toIntExact(CONNECT_TIMEOUT.toMillis()));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private Optional<LocalServer> server() throws InterruptedException {
        var list = get(LIST);
        if (list.isEmpty() || !LISTS.contains(list.get().statusCode())) {
            return Optional.empty();
        }
        var models = json(list.get());
        var signed = models.flatMap(LocalProgram::ofList);
        var program = signed.isPresent() ? signed : byItsPage();
        return program.map(known -> new LocalServer(
                known, number, models.stream().flatMap(LocalPort::names).toList()));
    }

    private Optional<LocalProgram> byItsPage() throws InterruptedException {
        for (var program : LocalProgram.values()) {
            if (get(program.page())
                    .flatMap(LocalPort::json)
                    .filter(program::hasSigned)
                    .isPresent()) {
                return Optional.of(program);
            }
        }
        return Optional.empty();
    }

    /// The answer, whatever its status; empty if there is none in time.
    private Optional<HttpResponse<byte[]>> get(String path) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(number, path)))
                .build();
        var answer = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return Optional.of(answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException _) {
            answer.cancel(true);
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> json(HttpResponse<byte[]> answer) {
        try {
            return answer.statusCode() == 200
                    ? Optional.of(JsonMapper.shared().readTree(answer.body()))
                    : Optional.empty();
        } catch (JacksonException _) {
            return Optional.empty();
        }
    }

    /// Of the models that chat.
    private static Stream<String> names(JsonNode list) {
        return list.path("data")
                .valueStream()
                .limit(MOST_MODELS)
                .map(model -> model.path("id").asString(""))
                .filter(name -> NAME.matcher(name).matches() && !name.contains("embed"));
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
