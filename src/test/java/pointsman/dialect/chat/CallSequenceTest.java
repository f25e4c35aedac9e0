package pointsman.dialect.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.wire.Json;

class CallSequenceTest {
    private final CallSequence calls = new CallSequence();
    private final List<String> steps = new ArrayList<>();

    @Test
    void aCallIsPassedOnAsItComes() {
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}");
        take("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}");

        assertThat(steps).containsExactly("open a f", "{\"x\"");
    }

    @Test
    void wholeArgumentsEndACallWhenTheNextOneBegins() {
        take(
                "{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"}\\\\\\\"\\\"}\"}}");
        take("{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{\"}}");

        assertThat(steps).containsExactly("open a f", "{\"x\":\"}\\\"\"}", "close", "open b g", "{");
    }

    @Test
    void callsThatAreFilledInTurnsComeOneAfterTheOther() {
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}");
        take("{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"\"}}");
        take("{\"index\":1,\"function\":{\"arguments\":\"{\\\"y\\\":\"}}");
        take("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\":\"}}");
        take("{\"index\":1,\"function\":{\"arguments\":\"2}\"}}");
        take("{\"index\":0,\"function\":{\"arguments\":\"1}\"}}");
        finish();

        assertThat(steps).containsExactly("open a f", "{\"x\":", "1}", "close", "open b g", "{\"y\":2}", "close");
    }

    @Test
    void anotherIdUnderTheSameIndexIsAnotherCall() {
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        take("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}");
        finish();

        assertThat(steps).containsExactly("open a f", "{}", "close", "open b f", "{}", "close");
    }

    @Test
    void callsWithoutAnyNumberOrIdAreToldApartAndGetIds() {
        take("{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}}");
        take("{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":2}}}");
        finish();

        assertThat(steps)
                .containsExactly(
                        "open call_answer_0 f", "{\"x\":1}", "close", "open call_answer_1 f", "{\"x\":2}", "close");
    }

    @Test
    void anIdThatIsRepeatedInEveryChunkIsTheSameCall() {
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}");
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"}\"}}");
        finish();

        assertThat(steps).containsExactly("open a f", "{", "}", "close");
    }

    @Test
    void noArgumentsAreAnEmptyObject() {
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}");
        finish();

        assertThat(steps).containsExactly("open a f", "{}", "close");
    }

    @Test
    void aCallWithoutANameIsNone() {
        take("{\"index\":0,\"id\":\"a\",\"function\":{\"arguments\":\"{}\"}}");

        assertThat(calls.finish(this::note)).isFalse();
    }

    private void take(String entry) {
        calls.take(Json.object(entry).orElseThrow(), "answer", this::note);
    }

    private void finish() {
        assertThat(calls.finish(this::note)).isTrue();
    }

    private void note(AnswerEvent step) {
        steps.add(
                switch (step) {
                    case Opened(Kind.Call call) -> "open " + call.id() + " " + call.name();
                    case Delta(var text) -> text;
                    case Closed _ -> "close";
                    default -> step.toString();
                });
    }
}
