package pointsman.score;

import java.util.List;

/// The router's artefacts: graph, vocabulary, calibration. Scorers for its pairs are made from it.
///
/// Only the calibration is read at once, which says in a moment what the router knows. Graph and vocabulary
/// take a third of a second of a start, so they are read, and checked, when somebody opens the graph.
public final class RouterModel {
    private final RouterFiles files;
    private final Calibration calibration;

    RouterModel(RouterFiles files, Calibration calibration) {
        this.files = files;
        this.calibration = calibration;
    }

    /// Reads what the router knows.
    ///
    /// @param directory of `router.onnx`, `tokenizer.json` and `calibration.json`; empty: those inside the
    ///     jar
    /// @throws RouterModelException if the calibration is missing, broken, or of another version
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

    /// What identifies this router: the sha-256 of its graph, in hexadecimal.
    public String sha256() {
        return calibration.onnxSha256();
    }

    /// Opens the graph.
    ///
    /// @throws RouterModelException if an artefact is missing, broken, or does not belong to the others, or
    ///     if the graph cannot be run
    public RouterGraph open() throws RouterModelException {
        return RouterGraph.open(toString(), files.graph(sha256()), models().size(), tokenizer());
    }

    /// Opens the graph to fit pairs with what it says.
    ///
    /// @throws RouterModelException if it cannot be run, or gives no skills
    public RouterGraph openForFitting() throws RouterModelException {
        var opened = open();
        if (!opened.givesSkills()) {
            opened.close();
            throw new RouterModelException(this + " gives no skills that a pair could be fitted with");
        }
        return opened;
    }

    /// Checks that the router was trained on models.
    ///
    /// @throws IllegalArgumentException if it was not; the message lists those it knows
    public void requireKnown(List<String> names) {
        for (var name : names) {
            if (!models().contains(name)) {
                throw new IllegalArgumentException(
                        "unknown model '%s'; known are %s".formatted(name, String.join(", ", models())));
            }
        }
    }

    /// Whether a model of the pair is known by its size or price alone.
    public boolean isGuess(ModelPair pair) {
        return calibration.isGuess(pair);
    }

    /// The arithmetic of a pair.
    ///
    /// @param pair models by their names in the training data; a size (`8B`, `135M`) or price (`$0.6`) is a
    ///     guess
    /// @throws IllegalArgumentException if the graph does not know a model; the message lists those it knows
    public PairScore pairScore(ModelPair pair) {
        return calibration.pairScore(pair);
    }

    /// The arithmetic of a ladder: that of each rung and the last one as a pair.
    ///
    /// @throws IllegalArgumentException if the graph does not know a rung; the message lists those it
    ///     knows
    public LadderScore ladderScore(LadderSpec.Rungs rungs) {
        var last = rungs.words().getLast();
        return new LadderScore(rungs.words().stream()
                .limit(rungs.words().size() - 1L)
                .map(rung -> pairScore(new ModelPair(rung, last)))
                .toList());
    }

    /// Opens the graph for a pair.
    ///
    /// @throws IllegalArgumentException if the graph does not know a model; the message lists those it knows
    /// @throws RouterModelException if the graph cannot be run
    public OnnxScorer scorer(ModelPair pair) throws RouterModelException {
        var score = pairScore(pair);
        return new OnnxScorer(open(), score);
    }

    /// Opens the graph for the pair of a calibration.
    ///
    /// @throws RouterModelException if the graph cannot be run, or the calibration belongs to another router
    public OnnxScorer scorer(LadderCalibration calibration) throws RouterModelException {
        return new OnnxScorer(open(), calibration.pairScore(this));
    }

    PromptTokenizer tokenizer() throws RouterModelException {
        return new PromptTokenizer(files.wordPiece(), calibration.input());
    }

    /// The part of a text that its score depends on.
    String bounded(String text) {
        return calibration.input().bounded(text);
    }

    /// Where the artefacts come from, for people.
    @Override
    public String toString() {
        return files.name("router.onnx");
    }
}
