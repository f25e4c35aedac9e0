package pointsman.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/// The router's graph, ready to run: a text goes in, a [Reading] comes out, on the calling thread. May be asked from
/// several threads at once.
public final class RouterGraph implements AutoCloseable {
    private static final String LOGITS = "logits";
    private static final String SKILLS = "skills";
    private static final float[] NONE = {};

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final PromptTokenizer tokenizer;
    private final boolean givesSkills;

    private RouterGraph(
            OrtEnvironment environment, OrtSession session, PromptTokenizer tokenizer, boolean givesSkills) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
        this.givesSkills = givesSkills;
    }

    static RouterGraph open(String origin, byte[] graph, int models, PromptTokenizer tokenizer)
            throws RouterModelException {
        try {
            var environment = OrtEnvironment.getEnvironment();
            var session = session(environment, graph);
            requireLogits(origin, session, models);
            return new RouterGraph(environment, session, tokenizer, width(session, SKILLS) > 0);
        } catch (OrtException unusable) {
            throw new RouterModelException(origin + " cannot be run", unusable);
        } catch (LinkageError missing) {
            throw new RouterModelException(origin + " cannot be run: ONNX Runtime does not load here", missing);
        }
    }

    /// One thread a prompt that sleeps when idle: spinning would take the cores that the event loop needs. Memory
    /// patterns would be kept for every length that was ever seen.
    private static OrtSession session(OrtEnvironment environment, byte[] graph) throws OrtException {
        try (var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setMemoryPatternOptimization(false);
            return environment.createSession(graph, options);
        }
    }

    private static void requireLogits(String origin, OrtSession session, int models)
            throws OrtException, RouterModelException {
        if (width(session, LOGITS) != models) {
            session.close();
            throw new RouterModelException(
                    "%s does not give the %d logits that calibration.json names".formatted(origin, models));
        }
    }

    private static long width(OrtSession session, String output) throws OrtException {
        NodeInfo node = session.getOutputInfo().get(output);
        return node != null && node.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 2
                ? tensor.getShape()[1]
                : 0;
    }

    boolean givesSkills() {
        return givesSkills;
    }

    /// Reads one text.
    ///
    /// @param text not blank; a giant one is cut as [PromptTokenizer] says
    /// @return what depends on this text alone, to the last bit, whatever else is read beside it
    public Reading read(String text) {
        try {
            return read(tokenizer.encode(text));
        } catch (OrtException failed) {
            throw new IllegalStateException("the router's graph failed: " + failed.getMessage(), failed);
        }
    }

    private Reading read(EncodedPrompt prompt) throws OrtException {
        var mask = new long[prompt.ids().length];
        Arrays.fill(mask, 1);
        try (var ids = row(prompt.ids());
                var present = row(mask);
                var count = OnnxTensor.createTensor(environment, new long[] {prompt.tokenCount()});
                var result = session.run(Map.of("input_ids", ids, "attention_mask", present, "token_count", count))) {
            return new Reading(
                    floats(result, LOGITS), givesSkills ? floats(result, SKILLS) : NONE, prompt.tokenCount());
        }
    }

    private static float[] floats(OrtSession.Result result, String output) {
        return ((OnnxTensor) result.get(output).orElseThrow()).getFloatBuffer().array();
    }

    private OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    /// Frees the graph. No text may be in the reading.
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException("the router's graph could not be closed: " + failed.getMessage(), failed);
        }
    }
}
