package pointsman.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The modes that every [FakeUpstream] knows: good answers in several shapes, and the ways in which providers fail.
final class Scripts {
    /// Every mode by its name.
    static final Map<String, Script> ALL = all();

    private static final int CUT_AFTER = 3;
    private static final Said TEXT = new Said.Text(Completions.TEXT);
    private static final byte[] INVALID_UTF_8 = {'c', 'a', 'f', (byte) 0xe9, (byte) 0xff};

    private Scripts() {}

    private static Map<String, Script> all() {
        return Stream.of(good(), refusing(), breaking(), babbling(), endless())
                .flatMap(modes -> modes.entrySet().stream())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, Script> good() {
        return Map.ofEntries(
                entry("ok", (exchange, _) -> ok(exchange)),
                entry("no-usage", (exchange, _) -> withoutUsage(exchange)),
                entry("usage-in-last", (exchange, _) -> usageInLast(exchange)),
                entry("usage-null", (exchange, _) -> usageNull(exchange)),
                entry("tool-calls", (exchange, _) -> say(exchange, Said.weatherOfTwoCities())),
                entry(
                        "call-once",
                        (exchange, _) ->
                                say(exchange, Wish.callOnce(exchange.call().json()))),
                entry("echo", (exchange, _) -> echo(exchange)),
                entry("fail-then-ok", Scripts::failThenOk),
                entry("slow-first-byte", (exchange, millis) -> {
                    if (exchange.pause(Duration.ofMillis(Long.parseLong(millis)))) {
                        ok(exchange);
                    }
                }),
                entry("split-sse", (exchange, size) -> split(exchange, events(exchange, TEXT), Integer.parseInt(size))),
                entry("crlf-sse", (exchange, _) -> split(exchange, decorated(exchange), 7)));
    }

    private static Map<String, Script> refusing() {
        return Map.of(
                "status", Scripts::refuse,
                "429",
                        (exchange, seconds) -> exchange.json(
                                429,
                                exchange.wire().error("Slow down."),
                                "retry-after: " + (seconds.isEmpty() ? "7" : seconds)),
                "html-200", (exchange, _) -> exchange.whole(200, "text/html", "<html>Log in</html>".getBytes(UTF_8)),
                "html-502", (exchange, _) -> exchange.whole(502, "text/html", "<h1>502 nginx</h1>".getBytes(UTF_8)),
                "redirect", (exchange, target) -> exchange.json(302, "{}", "location: " + target));
    }

    private static Map<String, Script> breaking() {
        return Map.ofEntries(
                entry("hang", (exchange, _) -> exchange.hang()),
                entry("reset-before-headers", (exchange, _) -> exchange.reset()),
                entry("close-before-headers", (exchange, _) -> exchange.close()),
                entry("reset-mid-headers", (exchange, _) -> {
                    exchange.raw("HTTP/1.1 200 OK\r\ncontent-type: applica".getBytes(UTF_8));
                    exchange.reset();
                }),
                entry("hang-mid-stream", (exchange, _) -> half(exchange, Exchange::hang)),
                entry("reset-mid-stream", (exchange, _) -> half(exchange, Exchange::reset)),
                entry("close-mid-stream", (exchange, _) -> half(exchange, Exchange::close)),
                entry("end-mid-stream", (exchange, _) -> half(exchange, Exchange::end)),
                entry("error-mid-stream", (exchange, _) -> half(exchange, Scripts::errorEvent)),
                entry(
                        "bad-chunk",
                        (exchange, _) -> half(exchange, cut -> {
                            cut.raw("zz\r\nnonsense\r\n".getBytes(UTF_8));
                            cut.close();
                        })),
                entry("missing-done", (exchange, _) -> exchange.stream(unmarked(exchange))),
                entry(
                        "no-finish",
                        (exchange, _) -> exchange.stream(exchange.wire().begun(exchange.model(), TEXT))));
    }

    private static Map<String, Script> babbling() {
        return Map.of(
                "empty-body", (exchange, _) -> exchange.json(200, ""),
                "garbage-json", (exchange, _) -> exchange.json(200, "{]]] this is not JSON {{{"),
                "truncated-json", (exchange, _) -> truncated(exchange),
                "json-array", (exchange, _) -> exchange.json(200, "[1, 2]"),
                "invalid-utf8", (exchange, _) -> exchange.whole(200, "application/json", INVALID_UTF_8),
                "garbage-sse",
                        (exchange, _) -> exchange.stream(List.of("\0\1\n\n", "data: {not json}\n\n", "<html>\n\n")),
                "json-for-stream",
                        (exchange, _) -> exchange.json(200, exchange.wire().buffered(exchange.model(), TEXT)),
                "empty-stream", (exchange, _) -> exchange.stream(List.of()));
    }

    private static Map<String, Script> endless() {
        return Map.of(
                "endless",
                        (exchange, _) -> endless(
                                exchange,
                                exchange.wire().opening(exchange.model()),
                                exchange.wire().piece(exchange.model(), 1000)),
                "endless-line", (exchange, _) -> endless(exchange, "", "x".repeat(65536)),
                "huge-line",
                        (exchange, size) -> exchange.stream(plus(
                                List.of(
                                        exchange.wire().opening(exchange.model()),
                                        exchange.wire().piece(exchange.model(), Integer.parseInt(size))),
                                finish(exchange))),
                "firehose", Scripts::firehose);
    }

    private static void ok(Exchange exchange) throws IOException {
        say(exchange, Wish.of(exchange.call().json()));
    }

    private static void say(Exchange exchange, Said said) throws IOException {
        if (exchange.streams()) {
            exchange.stream(events(exchange, said));
        } else {
            exchange.json(200, exchange.wire().buffered(exchange.model(), said), "x-internal: 1", "set-cookie: a=b");
        }
    }

    private static List<String> events(Exchange exchange, Said said) {
        var wire = exchange.wire();
        var events = new ArrayList<>(wire.begun(exchange.model(), said));
        events.addAll(wire.finish(exchange.model(), said, exchange.wantsUsage()));
        events.add(wire.done());
        return events;
    }

    /// A whole stream but for the mark of its end.
    private static List<String> unmarked(Exchange exchange) {
        var events = events(exchange, TEXT);
        return events.subList(0, events.size() - 1);
    }

    /// Why the answer ended, and the mark of its end.
    private static String[] finish(Exchange exchange) {
        var events = new ArrayList<>(exchange.wire().finish(exchange.model(), TEXT, false));
        events.add(exchange.wire().done());
        return events.toArray(String[]::new);
    }

    private static void withoutUsage(Exchange exchange) throws IOException {
        if (exchange.streams()) {
            exchange.stream(events(exchange, TEXT).stream()
                    .filter(event -> !event.contains("\"choices\":[]"))
                    .map(Scripts::unnamedUsage)
                    .toList());
        } else {
            exchange.json(200, unnamedUsage(exchange.wire().buffered(exchange.model(), TEXT)));
        }
    }

    private static String unnamedUsage(String json) {
        return json.replace("\"usage\"", "\"no_usage\"");
    }

    private static void usageInLast(Exchange exchange) throws IOException {
        var events = new ArrayList<>(Completions.plain(exchange.model()));
        events.removeLast();
        events.add(Completions.endWithUsage(exchange.model()));
        exchange.stream(plus(events, Completions.DONE));
    }

    private static void usageNull(Exchange exchange) throws IOException {
        var events = Completions.plain(exchange.model()).stream()
                .map(event -> event.replace("}\n\n", ",\"usage\":null}\n\n"))
                .toList();
        exchange.stream(plus(events, Completions.usageEvent(exchange.model()), Completions.DONE));
    }

    private static void echo(Exchange exchange) throws IOException {
        var headers = exchange.call().headers().stream()
                .map(header -> header.getKey() + ": " + header.getValue())
                .collect(Collectors.joining("\n"));
        var received = new Said.Text(headers + "\n\n" + exchange.call().text());
        exchange.json(200, exchange.wire().buffered(exchange.model(), received));
    }

    /// `argument` is `times,status`: so many failures with that status before the answer is good.
    private static void failThenOk(Exchange exchange, String argument) throws IOException, InterruptedException {
        var timesAndStatus = argument.split(",", 2);
        if (exchange.attempt() > Integer.parseInt(timesAndStatus[0])) {
            ok(exchange);
        } else {
            refuse(exchange, timesAndStatus[1]);
        }
    }

    private static void refuse(Exchange exchange, String status) throws IOException {
        exchange.json(Integer.parseInt(status), exchange.wire().error("Fake failure " + status + "."));
    }

    /// The first half of a good answer, then `ending`.
    private static void half(Exchange exchange, Ending ending) throws IOException, InterruptedException {
        if (exchange.streams()) {
            exchange.beginStream();
            for (var event : events(exchange, TEXT).subList(0, CUT_AFTER)) {
                exchange.chunk(event);
            }
        } else {
            var body = exchange.wire().buffered(exchange.model(), TEXT).getBytes(UTF_8);
            exchange.beginWithLength(200, "application/json", body.length);
            exchange.raw(Arrays.copyOf(body, body.length / 2));
        }
        ending.end(exchange);
    }

    private static void errorEvent(Exchange exchange) throws IOException {
        exchange.chunk(exchange.wire().errorEvent("The model fell over."));
        exchange.end();
    }

    private static void truncated(Exchange exchange) throws IOException {
        var body = exchange.wire().buffered(exchange.model(), TEXT);
        exchange.json(200, body.substring(0, body.length() * 2 / 3));
    }

    private static void endless(Exchange exchange, String opening, String piece) throws IOException {
        exchange.beginStream();
        exchange.chunk(opening);
        while (!exchange.call().hasEnded()) {
            exchange.chunk(piece);
        }
    }

    /// As much as the reader takes, up to `megabytes`, and then a proper end.
    private static void firehose(Exchange exchange, String megabytes) throws IOException {
        var piece = exchange.wire().piece(exchange.model(), 64 * 1024);
        exchange.beginStream();
        exchange.chunk(exchange.wire().opening(exchange.model()));
        for (var left = Long.parseLong(megabytes) * 16; left > 0; left--) {
            exchange.chunk(piece);
        }
        exchange.chunk(String.join("", finish(exchange)));
        exchange.end();
    }

    /// The good stream with CRLF, comments and event names, all of which the format allows.
    private static List<String> decorated(Exchange exchange) {
        return Stream.concat(
                        Stream.of(": ping\r\n\r\n"),
                        events(exchange, TEXT).stream()
                                .map(event -> event.startsWith("event:") ? event : "event: message\n" + event)
                                .map(event -> event.replace("\n", "\r\n")))
                .toList();
    }

    private static void split(Exchange exchange, List<String> events, int size) throws IOException {
        var bytes = String.join("", events).getBytes(UTF_8);
        exchange.beginStream();
        for (var start :
                IntStream.iterate(0, at -> at < bytes.length, at -> at + size).toArray()) {
            exchange.chunk(Arrays.copyOfRange(bytes, start, Math.min(start + size, bytes.length)));
        }
        exchange.end();
    }

    private static List<String> plus(List<String> events, String... more) {
        return Stream.concat(events.stream(), Stream.of(more)).toList();
    }

    @FunctionalInterface
    private interface Ending {
        void end(Exchange exchange) throws IOException, InterruptedException;
    }
}
