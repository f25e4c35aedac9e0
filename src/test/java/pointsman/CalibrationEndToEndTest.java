package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import pointsman.access.KeyHash;
import pointsman.command.CalibrateCommand;
import pointsman.command.ScoreCommand;
import pointsman.score.LadderCalibration;
import pointsman.score.QualityDrop;
import pointsman.score.RouterModelException;
import pointsman.testing.Chat;
import pointsman.testing.Gateway;
import pointsman.testing.Reply;
import tools.jackson.databind.json.JsonMapper;

/// From outcomes to routed requests: what `calibrate` writes is what `score` and the gateway go by.
@Timeout(120)
class CalibrationEndToEndTest {
    private static final String PROMISED = "pm-promised-0123456789abcdef0123456789ab";
    private static final String STRICT = "pm-strict-0123456789abcdef0123456789abcd";
    private static final String OWN = "pm-own-0123456789abcdef0123456789abcdefg";
    private static final String PLAIN = "pm-plain-0123456789abcdef0123456789abcde";

    @TempDir
    private static Path directory;

    private static Path file;
    private static String printed = "";
    private static Gateway gateway;

    /// Small is as good on sums and hopeless on proofs.
    @BeforeAll
    static void calibrate() throws IOException {
        var outcomes = new StringBuilder();
        for (var number = 0; number < 400; number++) {
            outcomes.append(
                    "{\"text\": \"What is %d plus %d?\", \"small\": 1, \"large\": 1}%n".formatted(number, 3 * number));
            outcomes.append(
                    "{\"text\": \"Prove that every group of order %d is solvable, and classify those of order %d.\", \"small\": 0, \"large\": 1}%n"
                            .formatted(number + 60, number + 61));
        }
        var in = Files.writeString(directory.resolve("outcomes.jsonl"), outcomes);
        file = directory.resolve("pair.json");
        printed = run(new CalibrateCommand(), 0, "--outcomes", in, "--out", file, "--max-drop", "2%,5%");
        gateway = Gateway.with(
                "pointsman.router.calibrations.mine=" + file,
                "pointsman.router.timeout=20s",
                "pointsman.access.tenants[0].id=promised",
                "pointsman.access.tenants[0].key-hashes[0]="
                        + KeyHash.of(PROMISED).text(),
                "pointsman.access.tenants[0].max-quality-drop=3%",
                "pointsman.access.tenants[0].calibration=mine",
                "pointsman.access.tenants[1].id=strict",
                "pointsman.access.tenants[1].key-hashes[0]="
                        + KeyHash.of(STRICT).text(),
                "pointsman.access.tenants[1].max-quality-drop=0.1%",
                "pointsman.access.tenants[1].calibration=mine",
                "pointsman.access.tenants[2].id=own",
                "pointsman.access.tenants[2].key-hashes[0]=" + KeyHash.of(OWN).text(),
                "pointsman.access.tenants[2].threshold=0.5",
                "pointsman.access.tenants[2].calibration=mine",
                "pointsman.access.tenants[3].id=plain",
                "pointsman.access.tenants[3].key-hashes[0]=" + KeyHash.of(PLAIN).text());
    }

    @AfterAll
    static void close() throws IOException {
        gateway.close();
    }

    @Test
    void theCommandSaysWhatItPromises() {
        assertThat(printed)
                .contains("200 outcomes fitted the pair, 600 others tested thresholds")
                .containsPattern("at most 2% drop, confidence 0.9: threshold 0\\.\\d+; small answers \\d+\\.\\d %")
                .contains("written to " + file);
    }

    @Test
    void aPromisedTenantIsRoutedByTheProvedThreshold() throws Exception {
        var proof = calibration().certificateFor(QualityDrop.parse("3%")).orElseThrow();

        var easy = ask("What is 17 plus 51?", PROMISED);
        var hard = ask("Prove that every group of order 99 is solvable, and classify those of order 100.", PROMISED);

        assertThat(easy.header("x-pointsman-tier")).as(easy.toString()).isEqualTo("small");
        assertThat(easy.header("x-pointsman-reason")).isEqualTo("score_at_or_above_threshold_for_drop_2%_at_90%");
        assertThat(easy.header("x-pointsman-threshold"))
                .isEqualTo(String.format(Locale.ROOT, "%.4f", proof.thresholds().getFirst()));
        assertThat(hard.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(hard.header("x-pointsman-reason")).isEqualTo("score_below_threshold_for_drop_2%_at_90%");
    }

    @Test
    void withoutAProofEverythingGoesToLargeAndSaysSo() throws Exception {
        var reply = ask("What is 17 plus 51?", STRICT);

        assertThat(reply.header("x-pointsman-tier")).isEqualTo("large");
        assertThat(reply.header("x-pointsman-reason")).isEqualTo("no_threshold_for_drop_0.1%_at_90%");
    }

    @Test
    void scoresOfOnePairAreNotThoseOfAnother() throws Exception {
        var own = ask("What is 18 plus 52?", OWN);
        var plain = ask("What is 18 plus 52?", PLAIN);

        assertThat(own.header("x-pointsman-score")).isNotEqualTo(plain.header("x-pointsman-score"));
        assertThat(own.header("x-pointsman-threshold")).isEqualTo("0.5000");
        assertThat(plain.header("x-pointsman-threshold")).isEqualTo("0.8000");
    }

    @Test
    void theCommandLineScoresAsTheGatewayDoes() throws Exception {
        var prompt = "What is 19 plus 53?";
        var in = Files.writeString(directory.resolve("p.jsonl"), "{\"id\": 1, \"text\": \"%s\"}%n".formatted(prompt));
        var out = directory.resolve("s.jsonl");

        run(new ScoreCommand(), 0, "--in", in, "--out", out, "--calibration", file);

        var score =
                JsonMapper.shared().readTree(Files.readString(out)).get("score").asDouble();
        assertThat(ask(prompt, OWN).header("x-pointsman-score")).isEqualTo(String.format(Locale.ROOT, "%.4f", score));
    }

    @Test
    void aCalibrationOfAnotherRouterIsRefusedByEverybody() throws Exception {
        var foreign = Files.writeString(
                directory.resolve("foreign.json"),
                Files.readString(file)
                        .replaceFirst("\"routerSha256\" : \"[0-9a-f]{8}", "\"routerSha256\" : \"00000000"));
        var in = Files.writeString(directory.resolve("q.jsonl"), "{\"id\": 1, \"text\": \"hi\"}");

        var said = run(new ScoreCommand(), 1, "--in", in, "--out", directory.resolve("r"), "--calibration", foreign);

        assertThat(said).contains("the calibration belongs to another router");
        assertThatThrownBy(() -> start("pointsman.router.calibrations.mine=" + foreign))
                .rootCause()
                .hasMessageContaining("the calibration belongs to another router");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pointsman.router.calibrations.mine=absent.json | pointsman.router.calibrations.mine: absent.json cannot be read
                    pointsman.tier.calibration=nobody | pointsman.tier.calibration: there is no 'nobody' under pointsman.router.calibrations
                    pointsman.tier.max-quality-drop=1% | pointsman.tier.max-quality-drop: needs a calibration
                    pointsman.tier.max-quality-drop=much | pointsman.tier.max-quality-drop: must be a percentage such as 1%, was 'much'
                    """)
    void whatCannotBeKeptIsRefusedAtTheStart(String property, String message) {
        assertThatThrownBy(() -> start(property))
                .satisfies(failure -> assertThat(messages(failure)).contains(message));
    }

    @Test
    void tooFewOutcomesAreRefused() throws IOException {
        var in = Files.writeString(
                directory.resolve("few.jsonl"), "{\"text\": \"a\", \"small\": 1, \"large\": 1}\n".repeat(20));

        assertThat(run(new CalibrateCommand(), 2, "--outcomes", in, "--out", directory.resolve("few.json")))
                .contains("20 outcomes say too little: at least 150 are needed");
    }

    /// One text over and over, or qualities that never differ: there is nothing to learn, and that is said.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"text": "a", "small": 1, "large": 1} | small is as good as large here
                    {"text": "a", "small": 0, "large": 0} | no saving can be promised
                    {"text": "a", "small": 0, "large": 1} | no saving can be promised
                    {"text": "a", "small": 0.5, "large": 0.4} | small answers 100.0 %
                    """)
    void outcomesThatAreAllAlikeAreNoError(String line, String said) throws IOException {
        var in = Files.writeString(directory.resolve("alike.jsonl"), (line + "\n").repeat(400));

        assertThat(run(new CalibrateCommand(), 0, "--outcomes", in, "--out", directory.resolve("alike.json")))
                .contains(said)
                .doesNotContain("NaN");
    }

    @Test
    void anOutcomeThatIsNoneIsNamedByItsLine() throws IOException {
        var in = Files.writeString(
                directory.resolve("bad.jsonl"),
                "{\"text\": \"a\", \"small\": 1, \"large\": 1}\n{\"text\": \"a\", \"small\": 7, \"large\": 1}\n");

        assertThat(run(new CalibrateCommand(), 1, "--outcomes", in, "--out", directory.resolve("bad.json")))
                .contains("bad.jsonl, line 2: \"small\" must be a quality from 0 to 1, was 7");
    }

    private static LadderCalibration calibration() throws RouterModelException {
        return LadderCalibration.read(file);
    }

    private static Reply ask(String prompt, String key) throws Exception {
        return gateway.client().chat(Chat.ask("auto", prompt), "authorization", "Bearer " + key);
    }

    private static void start(String property) {
        Gateway.run(List.of(
                        "server.port=0",
                        "management.server.port=0",
                        "pointsman.upstreams.small.base-url=http://127.0.0.1:9/v1",
                        "pointsman.upstreams.small.model=a",
                        "pointsman.upstreams.large.base-url=http://127.0.0.1:9/v1",
                        "pointsman.upstreams.large.model=b",
                        property))
                .close();
    }

    private static String run(Object command, int code, Object... arguments) {
        var said = new StringWriter();
        var line = new CommandLine(command).setErr(new PrintWriter(said)).setOut(new PrintWriter(said));

        assertThat(line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new)))
                .as(said.toString())
                .isEqualTo(code);
        return said.toString();
    }

    private static String messages(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable::toString)
                .reduce("", (all, next) -> all + "\n" + next);
    }
}
