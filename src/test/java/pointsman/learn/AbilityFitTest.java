package pointsman.learn;

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
    void manyOutcomesFindBothModels() {
        var small = ability();
        var large = ability();
        var readings = readings(20_000);

        var found = AbilityFit.find(known, readings, outcomes(small, readings), outcomes(large, readings));

        assertThat(distance(found.models().getFirst(), small)).isLessThan(0.15);
        assertThat(distance(found.models().getLast(), large)).isLessThan(0.15);
    }

    @Test
    void fewOutcomesStayNearWhatModelsAreLike() {
        var model = ability();
        var readings = readings(10);

        var found = AbilityFit.find(known, readings, outcomes(model, readings), outcomes(model, readings));

        assertThat(distance(found.models().getFirst(), new Ability(List.of(0.0, 0.0, 0.0, 0.0), 1)))
                .isLessThan(2);
    }

    @Test
    void someHundredOutcomesBeatThePrior() {
        var prior = AbilityFit.find(known, List.of(), new double[0], new double[0]);
        var improvements = IntStream.range(0, 50)
                .filter(_ -> {
                    var model = ability();
                    var readings = readings(300);
                    var found = AbilityFit.find(known, readings, outcomes(model, readings), outcomes(model, readings));
                    return distance(found.models().getFirst(), model)
                            < distance(prior.models().getFirst(), model);
                })
                .count();

        assertThat(improvements).isGreaterThan(45);
    }

    @Test
    void aPairThatIsUnlikeTheKnownOnesIsFoundNevertheless() {
        var flat = known.stream()
                .map(model -> new Ability(List.of(model.skills().getFirst(), 0.0, 0.0, 0.0), model.ease()))
                .toList();
        var small = new Ability(List.of(0.0, 2.0, 0.0, 0.0), 0);
        var large = new Ability(List.of(0.0, 0.0, 2.0, 0.0), 1);
        var readings = readings(600);

        var found = AbilityFit.find(flat, readings, outcomes(small, readings), outcomes(large, readings));

        assertThat(found.models().getFirst().skills().get(1)).isGreaterThan(1);
        assertThat(found.models().getLast().skills().get(2)).isGreaterThan(1);
    }

    @Test
    void halfRightAnswersPullToOneHalf() {
        var readings = readings(5000);
        var half = IntStream.range(0, 5000).mapToDouble(_ -> 0.5).toArray();

        var found = AbilityFit.find(known, readings, half, half);

        assertThat(distance(found.models().getFirst(), new Ability(List.of(0.0, 0.0, 0.0, 0.0), 0)))
                .isLessThan(0.1);
    }

    /// Against numbers by hand: ((2, 1), (1, 2)) has the determinant 3.
    @Test
    void aDeterminantIsReadOffTheFactors() {
        var system = new SymmetricSystem(new double[][] {{2, 1}, {1, 2}});

        assertThat(system.logDeterminant()).isCloseTo(Math.log(3), within(1e-12));
    }

    @Test
    void theBeliefAboutAPairIsTheInverseOfItsCovariance() {
        var narrow = LadderPrior.among(known, 2).getFirst();
        var covariance = new SymmetricSystem(narrow.precision()).inverse();

        assertThat(narrow.logDeterminant()).isCloseTo(new SymmetricSystem(covariance).logDeterminant(), within(1e-6));
        assertThat(covariance[0][SKILLS + 1]).isCloseTo(2 * covariance[0][0] / 3, within(1e-9));
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
