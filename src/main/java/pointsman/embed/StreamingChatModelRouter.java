package pointsman.embed;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatRequestOptions;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.Set;

/// What [ChatModelRouter] is, for models that stream.
public final class StreamingChatModelRouter implements StreamingChatModel, AutoCloseable {
    private final Rungs<StreamingChatModel> rungs;

    private StreamingChatModelRouter(Rungs<StreamingChatModel> rungs) {
        this.rungs = rungs;
    }

    /// Begins with no rung.
    public static LadderBuilder<StreamingChatModel, StreamingChatModelRouter> builder() {
        return new LadderBuilder<>(StreamingChatModel::supportedCapabilities, StreamingChatModelRouter::new);
    }

    @Override
    public void chat(ChatRequest request, ChatRequestOptions options, StreamingChatResponseHandler handler) {
        rungs.of(request).chat(request, options, handler);
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
