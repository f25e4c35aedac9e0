package pointsman.tablejob;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import pointsman.job.ItemAnswer;

/// Which order of fields the answers of a trial speak for.
class TrialVerdictTest {
    private static final int ROWS = 100;
    private static final Output CHOICE = new Output.Choice(List.of("yes", "no"));

    @Test
    void theSameAnswersInBothOrdersSpeakForThePlansOrder() {
        var verdict = verdict(0, 0);

        assertThat(verdict.isPlannedOrder()).isTrue();
        assertThat(verdict.rows()).isEqualTo(ROWS);
        assertThat(verdict.compared()).isEqualTo(ROWS);
        assertThat(verdict.agreement()).isEqualTo(1);
    }

    @Test
    void twoOfAHundredAnswersMayChangeAndNotThree() {
        assertThat(verdict(2, 0).isPlannedOrder()).isTrue();
        assertThat(verdict(3, 0).isPlannedOrder()).isFalse();
        assertThat(verdict(3, 0).because()).startsWith("the order changed 3.0 of 100 answers");
    }

    @Test
    void whatAModelChangesByItselfIsNotBlamedOnTheOrder() {
        var verdict = verdict(9, 8);

        assertThat(verdict.isPlannedOrder()).isTrue();
        assertThat(verdict.agreementWithItself()).isEqualTo(0.92);
    }

    @Test
    void anAnswerOfAnotherFormDiffersFromOneThatIsAsItShouldBe() {
        var answers = answers(0, 0);
        IntStream.range(0, 3)
                .forEach(row -> answers.set(
                        answers.indexOf(new ItemAnswer(Trial.plannedItem(row), ItemAnswer.OK, "\"yes\"")),
                        new ItemAnswer(Trial.plannedItem(row), RowReplies.INVALID, "{}")));

        assertThat(TrialVerdict.of(answers, ROWS, CHOICE).isPlannedOrder()).isFalse();
    }

    @Test
    void whatAnUpstreamFailedToAnswerSaysNothingUnlessItIsMost() {
        var some = withoutPlanned(50);
        var most = withoutPlanned(51);

        assertThat(some.isPlannedOrder()).isTrue();
        assertThat(some.compared()).isEqualTo(50);
        assertThat(most.isPlannedOrder()).isFalse();
        assertThat(most.because()).isEqualTo("fewer than half of the rows were answered in both orders");
    }

    private static TrialVerdict verdict(int changedByOrder, int changedByItself) {
        return TrialVerdict.of(answers(changedByOrder, changedByItself), ROWS, CHOICE);
    }

    private static TrialVerdict withoutPlanned(int failed) {
        var answers = answers(0, 0).stream()
                .map(answer -> answer.item() < 0 && answer.item() >= Trial.plannedItem(failed - 1)
                        ? new ItemAnswer(answer.item(), 502, "{}")
                        : answer)
                .toList();
        return TrialVerdict.of(answers, ROWS, CHOICE);
    }

    /// Every row in the given order, in the plan's, and in the given one again.
    private static List<ItemAnswer> answers(int changedByOrder, int changedByItself) {
        var answers = new ArrayList<ItemAnswer>();
        for (int row = 0; row < ROWS; row++) {
            answers.add(new ItemAnswer(row, ItemAnswer.OK, "\"yes\""));
            answers.add(new ItemAnswer(Trial.plannedItem(row), ItemAnswer.OK, word(row < changedByOrder)));
            answers.add(new ItemAnswer(Trial.repeatedItem(row, ROWS), ItemAnswer.OK, word(row < changedByItself)));
        }
        return answers;
    }

    private static String word(boolean isChanged) {
        return isChanged ? "\"no\"" : "\"yes\"";
    }
}
