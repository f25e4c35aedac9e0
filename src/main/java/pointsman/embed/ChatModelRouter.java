package pointsman.embed;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.Set;

/// One [ChatModel] over several: each request goes to the cheapest that is good enough for what the user
/// asked last, with all that it says and that model's own defaults and listeners. What the model fails
/// with is thrown as it is; no other is asked in its place.
///
/// Safe for any number of threads. To close it frees the router, and leaves the models open.
public final class ChatModelRouter implements ChatModel, AutoCloseable {
    private final Rungs<ChatModel> rungs;

    private ChatModelRouter(Rungs<ChatModel> rungs) {
        this.rungs = rungs;
    }

    /// Begins with no rung.
    public static LadderBuilder<ChatModel, ChatModelRouter> builder() {
        return new LadderBuilder<>(ChatModel::supportedCapabilities, ChatModelRouter::new);
    }

    @Override
    public ChatResponse chat(ChatRequest request, ChatRequestOptions options) {
        return rungs.of(request).chat(request, options);
    }

    /// What all of the models can: whoever asks for no more is routed by what it asks alone.
    @Override
    public Set<Capability> supportedCapabilities() {
        return rungs.common();
    }

    @Override
    public void close() {
        rungs.router().close();
    }
}
