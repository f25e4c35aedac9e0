package pointsman.score;

import java.util.List;

/// The router's artefacts, read and checked: graph, vocabulary, calibration. Scorers for its pairs are made from it.
public final class RouterModel {
    private final String origin;
    private final byte[] graph;
    private final WordPiece wordPiece;
    private final Calibration calibration;

    RouterModel(String origin, byte[] graph, WordPiece wordPiece, Calibration calibration) {
        this.origin = origin;
        this.graph = graph;
        this.wordPiece = wordPiece;
        this.calibration = calibration;
    }

    /// Reads the artefacts and checks that they belong together.
    ///
    /// @param directory of `router.onnx`, `tokenizer.json` and `calibration.json`; empty: those inside the jar
    /// @throws RouterModelException if one of them is missing, broken, or does not belong to the others
    public static RouterModel load(String directory) throws RouterModelException {
        return new RouterFiles(directory).model();
    }

    /// Names of the models between which this router can choose, in the graph's order.
    public List<String> models() {
        return calibration.models();
    }

    public ModelPair defaultPair() {
        return calibration.defaultPair();
    }

    /// Makes a scorer for a pair.
    ///
    /// @throws IllegalArgumentException if the graph does not know a model; the message lists those it knows
    /// @throws RouterModelException if the graph cannot be run
    public OnnxScorer scorer(ModelPair pair) throws RouterModelException {
        var score = calibration.pairScore(pair);
        return OnnxScorer.open(origin, graph, models().size(), tokenizer(), score);
    }

    PromptTokenizer tokenizer() {
        return new PromptTokenizer(wordPiece, calibration.input());
    }

    /// The part of a text that its score depends on.
    String bounded(String text) {
        return calibration.input().bounded(text);
    }

    /// Where the artefacts come from, for people.
    @Override
    public String toString() {
        return origin;
    }
}
