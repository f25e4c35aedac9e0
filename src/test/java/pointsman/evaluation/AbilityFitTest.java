package pointsman.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pointsman.score.Ability;
import pointsman.score.Reading;

/// Models whose abilities are known, so that what is fitted can be compared with what is so.
class AbilityFitTest {
    private static final int SKILLS = 4;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Ability> known = Stream.generate(this::ability).limit(60).toList();

    @Test
    void theRoutersOwnModelsAreReadOffItsLogits() {
        var found = KnownAbilities.of(readings(50));

        assertThat(found).hasSameSizeAs(known);
        for (var model = 0; model < known.size(); model++) {
            assertThat(found.get(model).ease()).isCloseTo(known.get(model).ease(), within(1e-4));
            for (var skill = 0; skill < SKILLS; skill++) {
                assertThat(found.get(model).skills().get(skill))
                        .isCloseTo(known.get(model).skills().get(skill), within(1e-4));
            }
        }
    }

    @Test
    void manyOutcomesFindTheModel() {
        var model = ability();
        var readings = readings(20_000);

        var fitted = AbilityFit.among(known).fit(readings, outcomes(model, readings));

        assertThat(distance(fitted, model)).isLessThan(0.15);
    }

    @Test
    void fewOutcomesStayNearWhatModelsAreLike() {
        var model = ability();
        var readings = readings(10);

        var fitted = AbilityFit.among(known).fit(readings, outcomes(model, readings));

        assertThat(distance(fitted, new Ability(List.of(0.0, 0.0, 0.0, 0.0), 1)))
                .isLessThan(2);
    }

    @Test
    void someHundredOutcomesBeatThePrior() {
        var improvements = IntStream.range(0, 50)
                .filter(_ -> {
                    var model = ability();
                    var readings = readings(300);
                    var fitted = AbilityFit.among(known).fit(readings, outcomes(model, readings));
                    var prior = AbilityFit.among(known).fit(List.of(), new double[0]);
                    return distance(fitted, model) < distance(prior, model);
                })
                .count();

        assertThat(improvements).isGreaterThan(45);
    }

    @Test
    void halfRightAnswersPullToOneHalf() {
        var readings = readings(5000);
        var half = IntStream.range(0, 5000).mapToDouble(_ -> 0.5).toArray();

        var fitted = AbilityFit.among(known).fit(readings, half);

        assertThat(distance(fitted, new Ability(List.of(0.0, 0.0, 0.0, 0.0), 0)))
                .isLessThan(0.1);
    }

    private Ability ability() {
        return new Ability(Stream.generate(() -> gauss(0.6)).limit(SKILLS).toList(), 1 + gauss(0.5));
    }

    private double gauss(double deviation) {
        return deviation * (random.doubles(12).sum() - 6);
    }

    private List<Reading> readings(int count) {
        return IntStream.range(0, count).mapToObj(_ -> reading()).toList();
    }

    private Reading reading() {
        var skills = new float[SKILLS];
        for (var skill = 0; skill < SKILLS; skill++) {
            skills[skill] = (float) gauss(1);
        }
        var logits = new float[known.size()];
        for (var model = 0; model < logits.length; model++) {
            logits[model] = (float) logit(known.get(model), skills);
        }
        return new Reading(logits, skills, 10);
    }

    private double[] outcomes(Ability model, List<Reading> readings) {
        return readings.stream()
                .mapToDouble(reading ->
                        random.nextDouble() < 1 / (1 + Math.exp(-logit(model, reading.skills()))) ? 1 : 0)
                .toArray();
    }

    private static double logit(Ability model, float[] skills) {
        return model.ease()
                + IntStream.range(0, SKILLS)
                        .mapToDouble(skill -> model.skills().get(skill) * skills[skill])
                        .sum();
    }

    private static double distance(Ability one, Ability other) {
        var squares = Math.pow(one.ease() - other.ease(), 2);
        for (var skill = 0; skill < SKILLS; skill++) {
            squares += Math.pow(one.skills().get(skill) - other.skills().get(skill), 2);
        }
        return Math.sqrt(squares);
    }
}
