package pointsman.dialect.continuation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pointsman.dialect.answer.Answer;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Finished;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.answer.AnswerEvent.Reason;

/// How the steps of a continuation follow upon those of an answer that broke off.
class JointTest {
    private static final AnswerEvent BEGUN = new AnswerEvent.Begun("id", "model");
    private static final AnswerEvent TEXT = new Opened(new Kind.Text());
    private static final AnswerEvent THOUGHT = new Opened(new Kind.Thinking());
    private static final AnswerEvent CLOSED = new Closed();
    private static final AnswerEvent FINISHED = new Finished(Reason.COMPLETE, "");

    @Test
    void wordsGoOnInTheSamePart() {
        var joint = new WordsJoint(told(BEGUN, TEXT, said("one two")), false, false);

        assertThat(joined(joint, BEGUN, TEXT, said("two three"), CLOSED, FINISHED))
                .containsExactly(said(" three"), CLOSED, FINISHED);
    }

    @Test
    void thoughtsBehindWordsAreLeftOut() {
        var joint = new WordsJoint(told(BEGUN, TEXT, said("one")), false, false);

        assertThat(joined(joint, BEGUN, THOUGHT, said("hm"), CLOSED, TEXT, said("one two"), CLOSED, FINISHED))
                .containsExactly(said(" two"), CLOSED, FINISHED);
    }

    @Test
    void thoughtsThatBrokeOffGoOnAndWordsFollow() {
        var joint = new WordsJoint(told(BEGUN, THOUGHT, said("hm")), false, false);

        assertThat(joined(joint, BEGUN, THOUGHT, said("so"), CLOSED, TEXT, said("one"), CLOSED, FINISHED))
                .containsExactly(said("so"), CLOSED, TEXT, said("one"), CLOSED, FINISHED);
    }

    @Test
    void aCallMayFollowUponWords() {
        var call = new Opened(new Kind.Call("1", "weather"));
        var joint = new WordsJoint(told(BEGUN, TEXT, said("one")), true, false);

        assertThat(joined(joint, BEGUN, TEXT, said(" two"), CLOSED, call, said("{}"), CLOSED, FINISHED))
                .containsExactly(said(" two"), CLOSED, call, said("{}"), CLOSED, FINISHED);
    }

    @Test
    void anAnswerThatHasNothingMoreToSayEnds() {
        var joint = new WordsJoint(told(BEGUN, TEXT, said("one")), true, false);

        assertThat(joined(joint, BEGUN, FINISHED)).containsExactly(CLOSED, FINISHED);
    }

    @Test
    void jsonIsToldWhenItIsWhole() {
        var joint = new WordsJoint(told(BEGUN, TEXT, said("{\"a\":")), true, true);
        var next = new ArrayList<AnswerEvent>();

        assertThat(joint.take(TEXT, next::add)).isTrue();
        assertThat(joint.take(said("1}"), next::add)).isTrue();
        assertThat(next).isEmpty();
        assertThat(joint.take(FINISHED, next::add)).isTrue();
        assertThat(next).containsExactly(said("1}"), CLOSED, FINISHED);
    }

    @Test
    void whatIsNoJsonInTheEndDoesNotFit() {
        var joint = new WordsJoint(told(BEGUN, TEXT, said("{\"a\":")), true, true);

        joint.take(TEXT, _ -> {});
        joint.take(said("sorry"), _ -> {});

        assertThat(joint.take(FINISHED, _ -> {})).isFalse();
    }

    @Test
    void theSameAnswerIsSwallowedAsFarAsItWasTold() {
        var joint = new ReplayJoint(told(BEGUN, THOUGHT, said("hm"), CLOSED, TEXT, said("one t")));

        assertThat(joined(joint, BEGUN, THOUGHT, said("hm"), CLOSED, TEXT, said("one"), said(" two"), CLOSED, FINISHED))
                .containsExactly(said("wo"), CLOSED, FINISHED);
    }

    @Test
    void anotherAnswerDoesNotFit() {
        var joint = new ReplayJoint(told(BEGUN, TEXT, said("one t")));

        joint.take(TEXT, _ -> {});

        assertThat(joint.take(said("one or"), _ -> {})).isFalse();
    }

    @Test
    void anotherKindOfAnswerDoesNotFit() {
        var joint = new ReplayJoint(told(BEGUN, new Opened(new Kind.Call("1", "weather"))));

        assertThat(joint.take(new Opened(new Kind.Call("2", "time")), _ -> {})).isFalse();
    }

    @Test
    void aCallByAnotherIdIsTheSame() {
        var joint = new ReplayJoint(told(BEGUN, new Opened(new Kind.Call("1", "weather")), said("{\"a")));
        var call = new Opened(new Kind.Call("2", "weather"));

        assertThat(joined(joint, BEGUN, call, said("{\"a\":1}"), CLOSED, FINISHED))
                .containsExactly(said("\":1}"), CLOSED, FINISHED);
    }

    @Test
    void anAnswerThatEndsBeforeWhatWasToldDoesNotFit() {
        var joint = new ReplayJoint(told(BEGUN, TEXT, said("one two")));

        joint.take(TEXT, _ -> {});
        joint.take(said("one"), _ -> {});

        assertThat(joint.take(CLOSED, _ -> {})).isFalse();
    }

    private static Delta said(String text) {
        return new Delta(text);
    }

    private static Answer told(AnswerEvent... steps) {
        var answer = new Answer();
        for (var step : steps) {
            answer.take(step);
        }
        return answer;
    }

    private static List<AnswerEvent> joined(Joint joint, AnswerEvent... steps) {
        var next = new ArrayList<AnswerEvent>();
        for (var step : steps) {
            assertThat(joint.take(step, next::add)).as(step.toString()).isTrue();
        }
        return next;
    }
}
