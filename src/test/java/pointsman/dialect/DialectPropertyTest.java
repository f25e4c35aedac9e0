package pointsman.dialect;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import pointsman.dialect.wire.Json;
import pointsman.failure.FailureException;

/// What holds for every cell, whatever the network and the other side make of it.
class DialectPropertyTest {
    private static final List<Cell> CELLS = Cell.all().filter(Cell::isSayable).toList();
    private static final List<Cell> OPEN =
            CELLS.stream().filter(DialectPropertyTest::isOpen).toList();

    @Property(tries = 300)
    void anyCutsOfAStreamGiveTheSameEvents(
            @ForAll("open") Cell cell, @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 20_000) Integer> places) {
        var all = cell.stream();
        var cuts = places.stream().map(place -> place % all.length).sorted().toList();
        var passage = cell.open(true);

        var seen = Cell.read(passage.stream(1 << 16), all, cuts);

        assertThat(text(seen)).isEqualTo(text(Cell.read(passage.stream(1 << 16), all, all.length)));
    }

    @Property(tries = 300)
    void aStreamThatIsCutNeverLooksFinished(@ForAll("open") Cell cell, @ForAll @IntRange(max = 20_000) int place) {
        var all = cell.stream();
        var cut = Arrays.copyOf(all, place % lastEvent(all));
        var stream = cell.open(true).stream(1 << 16);

        var seen = new String(stream.read(cut), StandardCharsets.UTF_8);

        assertThat(stream.isDone()).isFalse();
        assertThat(seen).doesNotContain("[DONE]", "message_stop", "response.completed", "response.incomplete");
    }

    @Property(tries = 3_000)
    void aRequestIsTranslatedOrRefusedWhateverStandsInIt(
            @ForAll("cells") Cell cell, @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int changes) {
        var asked = Mutation.of(cell.ask(), new Random(seed), changes);

        try {
            assertThat(Json.object(cell.open(asked).body())).isPresent();
        } catch (FailureException e) {
            assertThat(e.failure().status()).isEqualTo(400);
        }
    }

    @Property(tries = 3_000)
    void anAnswerIsTranslatedOrRefusedWhateverStandsInIt(
            @ForAll("open") Cell cell, @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int changes) {
        var answer = Mutation.of(Json.object(cell.answer()).orElseThrow(), new Random(seed), changes);

        try {
            var whole = cell.open(false).answer(Json.MAPPER.writeValueAsBytes(answer));
            assertThat(Json.object(whole.bytes())).isPresent();
        } catch (FailureException e) {
            assertThat(e.failure().status()).isEqualTo(502);
        }
    }

    @Property(tries = 1_000)
    void aStreamIsTranslatedOrBrokenOffWhateverStandsInIt(
            @ForAll("open") Cell cell, @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int changes) {
        var random = new Random(seed);
        var events = text(cell.stream()).split("\n\n", 0);
        for (var i = 0; i < changes; i++) {
            var at = random.nextInt(events.length);
            events[at] = changed(events[at], random);
        }
        var stream = cell.open(true).stream(1 << 16);

        try {
            Cell.read(stream, String.join("\n\n", events).concat("\n\n").getBytes(StandardCharsets.UTF_8), 512);
            assertThat(stream.isDone()).isTrue();
        } catch (FailureException e) {
            assertThat(e.failure().status()).isEqualTo(502);
        }
    }

    @Property(tries = 500)
    void anyBytesAtAllAreRefusedOrRead(@ForAll("open") Cell cell, @ForAll byte[] bytes) {
        try {
            cell.open(false).answer(bytes);
        } catch (FailureException e) {
            assertThat(e.failure().status()).isEqualTo(502);
        }
        var stream = cell.open(true).stream(64);
        stream.read(bytes);
        stream.failure().ifPresent(failure -> assertThat(failure.status()).isEqualTo(502));
    }

    /// Swaps an event for nothing, for itself twice, or for one with other JSON.
    private static String changed(String event, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> ": gone";
            case 1 -> event + "\n\n" + event;
            default -> event.lines().map(line -> changedLine(line, random)).collect(joining("\n"));
        };
    }

    private static String changedLine(String line, Random random) {
        return line.startsWith("data: {")
                ? "data: " + Mutation.of(Json.object(line.substring(6)).orElseThrow(), random, 1)
                : line;
    }

    private static int lastEvent(byte[] all) {
        return text(all).stripTrailing().lastIndexOf("\n\n") > 0
                ? text(all)
                        .substring(0, text(all).stripTrailing().lastIndexOf("data:"))
                        .getBytes(StandardCharsets.UTF_8)
                        .length
                : all.length;
    }

    @Provide
    Arbitrary<Cell> cells() {
        return Arbitraries.of(CELLS);
    }

    @Provide
    Arbitrary<Cell> open() {
        return Arbitraries.of(OPEN);
    }

    private static boolean isOpen(Cell cell) {
        try {
            cell.open(false);
            return true;
        } catch (FailureException _) {
            return false;
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
