package pointsman.score;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Scores with the ONNX graph, one prompt at a time on the calling thread. May be called from several threads at once.
public final class OnnxScorer implements Scorer, AutoCloseable {
    private static final String OUTPUT = "logits";

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final PromptTokenizer tokenizer;
    private final PairScore pairScore;

    private OnnxScorer(OrtEnvironment environment, OrtSession session, PromptTokenizer tokenizer, PairScore pairScore) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
        this.pairScore = pairScore;
    }

    static OnnxScorer open(String origin, byte[] graph, int models, PromptTokenizer tokenizer, PairScore pairScore)
            throws RouterModelException {
        try {
            var environment = OrtEnvironment.getEnvironment();
            var session = session(environment, graph);
            requireOutput(origin, session, models);
            return new OnnxScorer(environment, session, tokenizer, pairScore);
        } catch (OrtException unusable) {
            throw new RouterModelException(origin + " cannot be run", unusable);
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

    private static void requireOutput(String origin, OrtSession session, int models)
            throws OrtException, RouterModelException {
        var output = session.getOutputInfo().get(OUTPUT);
        if (output == null || width(output) != models) {
            session.close();
            throw new RouterModelException(
                    "%s does not give the %d logits that calibration.json names".formatted(origin, models));
        }
    }

    private static long width(NodeInfo output) {
        return output.getInfo() instanceof TensorInfo tensor && tensor.getShape().length == 2
                ? tensor.getShape()[1]
                : 0;
    }

    @Override
    public double[] scores(List<String> texts) {
        return texts.stream().mapToDouble(this::score).toArray();
    }

    private double score(String text) {
        return pairScore.of(logits(text));
    }

    float[] logits(String text) {
        try {
            return logits(tokenizer.encode(text));
        } catch (OrtException failed) {
            throw new IllegalStateException("the router's graph failed: " + failed.getMessage(), failed);
        }
    }

    private float[] logits(EncodedPrompt prompt) throws OrtException {
        var mask = new long[prompt.ids().length];
        Arrays.fill(mask, 1);
        try (var ids = row(prompt.ids());
                var present = row(mask);
                var count = OnnxTensor.createTensor(environment, new long[] {prompt.tokenCount()});
                var result = session.run(Map.of("input_ids", ids, "attention_mask", present, "token_count", count))) {
            var logits = (OnnxTensor) result.get(OUTPUT).orElseThrow();
            return logits.getFloatBuffer().array();
        }
    }

    private OnnxTensor row(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    /// Frees the graph. No score may be in the making.
    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failed) {
            throw new IllegalStateException("the router's graph could not be closed: " + failed.getMessage(), failed);
        }
    }
}
