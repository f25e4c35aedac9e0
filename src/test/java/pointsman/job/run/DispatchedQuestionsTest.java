package pointsman.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import pointsman.access.TierPolicy;
import pointsman.dialect.Dialects;
import pointsman.fleet.Dispatcher;
import pointsman.job.Endpoint;
import pointsman.job.ItemAnswer;
import pointsman.job.JobProperties;
import pointsman.job.Question;
import pointsman.job.ReplyReader;
import pointsman.route.Decision;
import pointsman.route.Router;
import pointsman.testing.Chat;
import pointsman.testing.Completions;
import pointsman.testing.Gateway;
import pointsman.usage.Ledger;

/// A bug, or an error of the machine, that one question meets.
@Timeout(30)
class DispatchedQuestionsTest {
    private static final Gateway GATEWAY = Gateway.shared();
    private static final String SECRET = "the words of a cell";

    private final QuestionSender questions = new DispatchedQuestions(
            bean(Dispatcher.class),
            bean(Dialects.class),
            bean(Router.class),
            bean(Ledger.class),
            bean(JobProperties.class).pace());
    private final Logger logger = (Logger) LoggerFactory.getLogger(DispatchedQuestions.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        GATEWAY.small()
                .on("object", (exchange, _) -> exchange.json(200, Completions.buffered("m", Completions.quoted("{}"))));
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void anErrorOfOneAnswerIsThatQuestionsBadEnding() throws Exception {
        var answers = ask(new StackOverflowError(SECRET));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.body()).contains("internal_error");
        });
    }

    @Test
    void ofABugItsPlaceIsLoggedAndNotItsWords() throws Exception {
        var answers = ask(new IllegalStateException(SECRET));

        assertThat(answers).extracting(ItemAnswer::status).containsExactly(500);
        assertThat(log.list).singleElement().satisfies(event -> {
            var text = event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy());
            assertThat(text)
                    .contains("question=q failed", "IllegalStateException", "DispatchedQuestionsTest")
                    .doesNotContain(SECRET);
        });
    }

    @Test
    void aModelThatIsConfiguredNoMoreIsItsQuestionsBadEnding() throws Exception {
        var answers = ask("gone-1", new IllegalStateException(SECRET));

        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.body()).contains("model_not_found", "gone-1");
        });
    }

    /// Asks one question whose answer cannot be read for this reason.
    private List<ItemAnswer> ask(Throwable reason) throws InterruptedException {
        return ask("small", reason);
    }

    private List<ItemAnswer> ask(String model, Throwable reason) throws InterruptedException {
        var question = new Question(
                List.of(List.of(0)),
                Chat.ask(model, Chat.mode("object")),
                new Decision.Pinned(model, TierPolicy.By.MODEL));
        var reader = new Broken(reason);
        return questions
                .send(
                        new JobRequest("q", "local", question, reader),
                        _ -> new ConcurrencyLimit(1),
                        new CancellationToken(() -> true, System::nanoTime),
                        _ -> true)
                .orElseThrow()
                .answers();
    }

    private static <T> T bean(Class<T> type) {
        return GATEWAY.context().getBean(type);
    }

    /// A reader that fails on every answer.
    private record Broken(Throwable reason) implements ReplyReader {
        @Override
        public Endpoint endpoint() {
            return Endpoint.CHAT;
        }

        @Override
        public List<ItemAnswer> read(Question question, byte[] body) {
            if (reason instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) reason;
        }
    }
}
