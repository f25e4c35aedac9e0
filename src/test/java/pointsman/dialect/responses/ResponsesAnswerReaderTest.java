package pointsman.dialect.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pointsman.dialect.answer.AnswerEvent;
import pointsman.dialect.answer.AnswerEvent.Begun;
import pointsman.dialect.answer.AnswerEvent.Closed;
import pointsman.dialect.answer.AnswerEvent.Delta;
import pointsman.dialect.answer.AnswerEvent.Finished;
import pointsman.dialect.answer.AnswerEvent.Kind;
import pointsman.dialect.answer.AnswerEvent.Opened;
import pointsman.dialect.answer.AnswerEvent.Reason;
import pointsman.dialect.answer.AnswerEvent.Signed;
import pointsman.dialect.wire.Json;
import pointsman.failure.Failure;
import pointsman.failure.FailureException;

class ResponsesAnswerReaderTest {
    private static final String CREATED = "{'type':'response.created','response':{'id':'r','model':'m'}}";
    private static final String CALL =
            "'type':'function_call','call_id':'%1$s','name':'f','arguments':'{}','status':'completed'";

    private final ResponsesAnswerReader reader = new ResponsesAnswerReader("large");
    private final List<AnswerEvent> steps = new ArrayList<>();

    @Test
    void itemsThatComeSideBySideAreToldOneAfterTheOther() {
        read(
                CREATED,
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'function_call','call_id':'a','name':'f'}}",
                "{'type':'response.output_item.added','output_index':1,'item':{'type':'function_call','call_id':'b','name':'f'}}",
                "{'type':'response.function_call_arguments.delta','output_index':1,'delta':'{'}",
                "{'type':'response.function_call_arguments.delta','output_index':0,'delta':'{}'}",
                "{'type':'response.output_item.done','output_index':1,'item':{" + CALL.formatted("b") + "}}",
                "{'type':'response.output_item.done','output_index':0,'item':{" + CALL.formatted("a") + "}}",
                "{'type':'response.completed','response':{'status':'completed','output':[]}}");

        assertThat(steps)
                .containsExactly(
                        new Begun("r", "m"),
                        new Opened(new Kind.Call("a", "f")),
                        new Delta("{}"),
                        new Closed(),
                        new Opened(new Kind.Call("b", "f")),
                        new Delta("{}"),
                        new Closed(),
                        new Finished(Reason.CALLS, ""));
    }

    @Test
    void whatNoEventHasToldIsToldAtTheEnd() {
        read(
                CREATED,
                "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'Hi'}",
                "{'type':'response.completed','response':{'status':'completed','output':[{'type':'message','content':[{'type':'output_text','text':'Hi'}]},{"
                        + CALL.formatted("a") + "}]}}");

        assertThat(steps)
                .containsExactly(
                        new Begun("r", "m"),
                        new Opened(new Kind.Text()),
                        new Delta("Hi"),
                        new Closed(),
                        new Opened(new Kind.Call("a", "f")),
                        new Delta("{}"),
                        new Closed(),
                        new Finished(Reason.CALLS, ""));
    }

    @Test
    void thoughtsThatAreSealedAndSayNothingAreKept() {
        read(
                CREATED,
                "{'type':'response.output_item.added','output_index':0,'item':{'type':'reasoning','id':'rs_1'}}",
                "{'type':'response.output_item.done','output_index':0,'item':{'type':'reasoning','id':'rs_1','summary':[],'encrypted_content':'gAAA'}}",
                "{'type':'response.completed','response':{'status':'completed','output':[]}}");

        assertThat(steps)
                .containsSubsequence(
                        new Opened(new Kind.Thinking()), new Signed("openai-reasoning:rs_1:gAAA"), new Closed());
    }

    @ParameterizedTest
    @CsvSource({"max_output_tokens,LENGTH", "content_filter,DECLINED", "something_new,LENGTH"})
    void anAnswerThatIsIncompleteSaysWhy(String why, Reason reason) {
        read(
                CREATED,
                "{'type':'response.incomplete','response':{'status':'incomplete','incomplete_details':{'reason':'" + why
                        + "'},'output':[]}}");

        assertThat(steps).last().isEqualTo(new Finished(reason, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'status':'failed','error':{'code':'server_error'},'output':[]}",
                "{'status':'cancelled','output':[]}",
                "{'error':{'message':'m'}}",
                "{'status':'completed'}"
            })
    void aBodyThatReportsAnErrorIsNoAnswer(String body) {
        var response = Json.object(json(body)).orElseThrow();

        assertThatThrownBy(() -> reader.whole(response, steps::add))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure()).isInstanceOf(Failure.UpstreamInvalidAnswer.class));
        assertThat(steps).isEmpty();
    }

    @Test
    void aStreamWithoutItsEndingIsNotWhole() {
        read(CREATED, "{'type':'response.output_text.delta','output_index':0,'content_index':0,'delta':'Hi'}");

        assertThat(reader.end(steps::add)).isFalse();
    }

    private void read(String... events) {
        for (var event : events) {
            reader.event(json(event), steps::add);
        }
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
