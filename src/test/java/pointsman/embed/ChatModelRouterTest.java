package pointsman.embed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import pointsman.dialect.Dialect;
import pointsman.dialect.Dialects;
import pointsman.dialect.ReadLimits;
import pointsman.route.Decision;
import pointsman.testing.Chat;

class ChatModelRouterTest {
    private static final String SMALL = "Meta-Llama-3.1-8B-Instruct", LARGE = "gpt-4o-2024-05-13";
    private static final String FRANCE = "What is the capital of France?";

    private final List<ChatRequest> asked = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();

    @AutoClose
    private final ChatModelRouter router = ChatModelRouter.builder()
            .rung(SMALL, new Named("small", Set.of()))
            .rung(LARGE, new Named("large", Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA)))
            .threshold(0.8)
            .onDecision(decisions::add)
            .build();

    /// Answers with its name.
    private final class Named implements ChatModel {
        private final String name;
        private final Set<Capability> capabilities;

        Named(String name, Set<Capability> capabilities) {
            this.name = name;
            this.capabilities = capabilities;
        }

        @Override
        public ChatResponse doChat(ChatRequest request) {
            asked.add(request);
            return ChatResponse.builder().aiMessage(AiMessage.from(name)).build();
        }

        @Override
        public Set<Capability> supportedCapabilities() {
            return capabilities;
        }
    }

    @Test
    void anEasyPromptGoesToTheFirstAndAHardOneToTheLast() {
        assertThat(router.chat(FRANCE)).isEqualTo("small");
        assertThat(router.chat(Chat.HARD)).isEqualTo("large");
        assertThat(decisions)
                .extracting(Decision::reason)
                .containsExactly("score_at_or_above_threshold", "score_below_threshold");
    }

    @Test
    void theModelGetsAllThatWasAsked() {
        router.chat(ChatRequest.builder()
                .messages(SystemMessage.from("Be brief."), UserMessage.from(FRANCE))
                .temperature(0.5)
                .stopSequences(List.of("END"))
                .build());

        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.messages()).hasSize(2);
            assertThat(request.temperature()).isEqualTo(0.5);
            assertThat(request.stopSequences()).containsExactly("END");
        });
    }

    @Test
    void theTextIsTheOneThatTheGatewayWouldScore() {
        List<ChatMessage> turns = List.of(
                SystemMessage.from("Be brief."),
                UserMessage.from(FRANCE),
                AiMessage.from("Paris."),
                UserMessage.from(TextContent.from(""), TextContent.from("And in"), TextContent.from("French?")));
        var sameByTheGateway = """
                {"model": "auto", "messages": [{"role": "system", "content": "Be brief."},
                 {"role": "user", "content": "What is the capital of France?"},
                 {"role": "assistant", "content": "Paris."},
                 {"role": "user", "content": [{"type": "text", "text": ""}, {"type": "text", "text": "And in"},
                  {"type": "text", "text": "French?"}]}]}""";

        var text = Demand.of(ChatRequest.builder().messages(turns).build()).text();

        var request =
                new Dialects(new ReadLimits(16, 16, 16)).read(Dialect.OPENAI_CHAT, sameByTheGateway.getBytes(UTF_8));
        assertThat(text).isEqualTo(request.textToScore()).contains("France", "And in\nFrench?");
    }

    @Test
    void anImageIsForTheLast() {
        router.chat(UserMessage.from(TextContent.from(FRANCE), ImageContent.from("AA", "image/png")));

        assertThat(decisions).containsExactly(new Decision.Beyond(LARGE, "image"));
    }

    @Test
    void aSchemaIsForWhoSaysThatItKeepsOne() {
        router.chat(ChatRequest.builder()
                .messages(UserMessage.from(FRANCE))
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("city")
                                .rootElement(JsonObjectSchema.builder()
                                        .addStringProperty("name")
                                        .build())
                                .build())
                        .build())
                .build());

        assertThat(decisions).containsExactly(new Decision.Beyond(LARGE, SMALL + "_lacks_json_schema"));
        assertThat(router.supportedCapabilities()).isEmpty();
    }

    @Test
    void aStreamIsRoutedAlike() {
        var heard = new ArrayList<String>();
        try (var streaming = StreamingChatModelRouter.builder()
                .rung(SMALL, streaming("small"))
                .rung(LARGE, streaming("large"))
                .threshold(0.8)
                .build()) {
            streaming.chat(FRANCE, hearing(heard));
            streaming.chat(Chat.HARD, hearing(heard));

            assertThat(streaming.supportedCapabilities()).isEmpty();
        }

        assertThat(heard).containsExactly("small", "large");
    }

    private static StreamingChatModel streaming(String name) {
        return new StreamingChatModel() {
            @Override
            public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
                handler.onCompleteResponse(
                        ChatResponse.builder().aiMessage(AiMessage.from(name)).build());
            }
        };
    }

    private static StreamingChatResponseHandler hearing(List<String> heard) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                heard.add(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse whole) {
                heard.add(whole.aiMessage().text());
            }

            @Override
            public void onError(Throwable error) {
                heard.add(String.valueOf(error.getMessage()));
            }
        };
    }
}
