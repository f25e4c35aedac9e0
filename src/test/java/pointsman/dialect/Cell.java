package pointsman.dialect;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import pointsman.dialect.answer.AnswerStream;
import pointsman.dialect.wire.Json;
import tools.jackson.databind.node.ObjectNode;

/// One feature between one client and one upstream, with its files under `src/test/resources/dialect/`: what
/// each client says to ask for the feature, and what each upstream answers. A feature without answers of its
/// own gets those of `text`.
public record Cell(String feature, Dialect client, UpstreamDialect upstream) {
    static final Path FILES = Path.of(System.getProperty("project.basedir", ""), "src/test/resources/dialect");
    private static final Dialects DIALECTS =
            new Dialects(new ReadLimits(64, 100, 10), InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));

    static List<String> features() {
        try (var directories = Files.list(FILES)) {
            return directories
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Cell> of(String feature) {
        return Arrays.stream(Dialect.values())
                .flatMap(client ->
                        Arrays.stream(UpstreamDialect.values()).map(upstream -> new Cell(feature, client, upstream)));
    }

    static Stream<Cell> all() {
        return features().stream().flatMap(Cell::of);
    }

    String name() {
        return "%s -> %s".formatted(word(client), word(upstream));
    }

    /// Whether the client's dialect has words for the feature at all.
    boolean isSayable() {
        return Files.exists(askFile());
    }

    boolean isStraight() {
        return upstream.format() == client;
    }

    /// Opens the way for the client's request.
    public Passage open(boolean stream) {
        var ask = ask();
        if (stream) {
            ask.put("stream", true);
            if (client == Dialect.OPENAI_CHAT) {
                ask.withObjectProperty("stream_options").put("include_usage", true);
            }
        }
        return open(ask);
    }

    /// What the client says.
    ObjectNode ask() {
        return Json.object(bytes(askFile())).orElseThrow();
    }

    public Passage open(ObjectNode ask) {
        return DIALECTS.read(client, Json.MAPPER.writeValueAsBytes(ask)).to("large", upstream, "u-model", Map.of());
    }

    byte[] answer() {
        return bytes(answerFile("json"));
    }

    byte[] stream() {
        return bytes(answerFile("sse"));
    }

    /// The client's bytes for a stream that comes in pieces of this size.
    public static byte[] read(AnswerStream stream, byte[] all, int size) {
        var cuts = new ArrayList<Integer>();
        for (var at = size; at < all.length; at += size) {
            cuts.add(at);
        }
        return read(stream, all, cuts);
    }

    /// The client's bytes for a stream that is cut at these places.
    public static byte[] read(AnswerStream stream, byte[] all, List<Integer> cuts) {
        var out = new ByteArrayOutputStream();
        var from = 0;
        for (var cut : cuts) {
            out.writeBytes(stream.read(Arrays.copyOfRange(all, from, cut)));
            from = cut;
        }
        out.writeBytes(stream.read(Arrays.copyOfRange(all, from, all.length)));
        stream.failure().ifPresent(failure -> {
            throw failure.asException();
        });
        out.writeBytes(stream.end());
        return out.toByteArray();
    }

    private Path askFile() {
        return FILES.resolve(feature).resolve("ask.%s.json".formatted(word(client)));
    }

    private Path answerFile(String suffix) {
        var name = "answer.%s.%s".formatted(word(upstream), suffix);
        return Stream.of(feature, "text")
                .map(directory -> FILES.resolve(directory).resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String word(Enum<?> dialect) {
        return dialect.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<ObjectNode> json(byte[] bytes) {
        return Json.object(bytes);
    }
}
