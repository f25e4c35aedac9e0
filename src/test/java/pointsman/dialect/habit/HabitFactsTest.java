package pointsman.dialect.habit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;
import pointsman.testing.StrictProvider;

/// Each provider's API refuses what `habits.txt` asks of it, and takes what is made of that; or it is
/// refused by name before.
@Timeout(30)
class HabitFactsTest {
    private static final String FACTS = "/providers/habits.txt";
    /// Habits that nobody refuses: of some [HabitsTest] and [ContinuationTest] tell, of the others no
    /// request does.
    private static final Set<Habit> TOLD = EnumSet.of(
            Habit.ATTRIBUTION, Habit.CONTINUES, Habit.ERRORS_WITHIN_200, Habit.RETRY_AFTER, Habit.STREAM_USAGE);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Map<String, StrictProvider> PROVIDERS = new ConcurrentHashMap<>();
    private static final HabitTable TABLE = packaged();

    @ParameterizedTest
    @CsvFileSource(
            resources = FACTS,
            delimiter = '|',
            quoteCharacter = '`',
            numLinesToSkip = 1,
            maxCharsPerColumn = 20_000,
            emptyValue = "",
            nullValues = "NULL")
    void whatAProviderRefusesIsFittedOrRefusedByName(
            String provider, String format, String model, String habit, @Nullable String outcome, String asked)
            throws Exception {
        var wanted = outcome == null ? "" : outcome;
        var written = RequestFormat.valueOf(format.toUpperCase(Locale.ROOT));
        var habits = TABLE.habits(provider, written, model);

        assertThat(status(provider, written, asked.getBytes(UTF_8))).as(habit).isIn(400, 404, 422, 500);
        if (wanted.startsWith("refused ")) {
            assertThatThrownBy(() -> habits.fit("large", asked.getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            refused -> assertThat(refused.failure())
                                    .isInstanceOfSatisfying(
                                            Failure.UnsupportedByUpstream.class,
                                            failure -> assertThat(failure.field())
                                                    .isEqualTo(wanted.substring("refused ".length()))));
            return;
        }
        var fitted = habits.fit("large", asked.getBytes(UTF_8));

        assertThat(status(provider, written, fitted.body()))
                .as(new String(fitted.body(), UTF_8))
                .isEqualTo(200);
        assertThat(String.join(",", fitted.dropped())).isEqualTo(wanted);
    }

    @Test
    void everyHabitOfTheTableHasAFact() throws IOException {
        var proven = text(FACTS)
                .lines()
                .map(line -> Arrays.asList(line.split("\\|", 6)))
                .map(line -> line.get(0) + " " + line.get(1) + " " + line.get(3))
                .collect(Collectors.toSet());

        var claimed = lines().stream()
                .filter(line -> !TOLD.contains(line.habit()))
                .flatMap(HabitFactsTest::claims)
                .collect(Collectors.toSet());

        assertThat(claimed).isNotEmpty();
        assertThat(proven).containsAll(claimed);
    }

    @Test
    void everyLineSaysWhereAndWhenItWasRead() throws IOException {
        assertThat(lines()).allSatisfy(line -> {
            assertThat(line.source()).hasScheme("https");
            assertThat(line.month()).isAfter(YearMonth.of(2023, 12));
        });
    }

    private static Stream<String> claims(HabitLine line) {
        var habit = line.habit().name().toLowerCase(Locale.ROOT).replace('_', '-');
        return line.providers().stream()
                .flatMap(provider -> line.formats().stream()
                        .map(format -> provider + " " + format.name().toLowerCase(Locale.ROOT) + " " + habit));
    }

    private static List<HabitLine> lines() throws IOException {
        try (var rows = CsvReader.builder().ofNamedCsvRecord(text(HabitTable.PACKAGED))) {
            return rows.stream().map(HabitLine::of).toList();
        }
    }

    private static String text(String resource) throws IOException {
        try (var file = HabitFactsTest.class.getResourceAsStream(resource)) {
            return new String(requireNonNull(file).readAllBytes(), UTF_8);
        }
    }

    private static int status(String provider, RequestFormat format, byte[] body)
            throws IOException, InterruptedException {
        var strict = PROVIDERS.computeIfAbsent(provider, StrictProvider::start);
        var path = switch (format) {
            case CHAT -> "/chat/completions";
            case RESPONSES -> "/responses";
            case MESSAGES -> "/messages";
        };
        var request = HttpRequest.newBuilder(URI.create(strict.baseUrl() + path))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    @AfterAll
    static void closeAll() throws IOException {
        for (var provider : PROVIDERS.values()) {
            provider.close();
        }
        PROVIDERS.clear();
    }

    private static HabitTable packaged() {
        try {
            return HabitTable.packaged();
        } catch (IOException missing) {
            throw new AssertionError(missing);
        }
    }
}
