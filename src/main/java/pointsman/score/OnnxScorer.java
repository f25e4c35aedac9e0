package pointsman.score;

import java.util.List;

/// Scores with the ONNX graph, one prompt at a time on the calling thread. May be called from several threads at
/// once.
public final class OnnxScorer implements Scorer, AutoCloseable {
    private final RouterGraph graph;
    private final PairScore pairScore;

    /// A scorer for one pair. Several may share a graph; closing one of them closes it for all.
    public OnnxScorer(RouterGraph graph, PairScore pairScore) {
        this.graph = graph;
        this.pairScore = pairScore;
    }

    @Override
    public double[] scores(List<String> texts) {
        return texts.stream()
                .mapToDouble(text -> pairScore.of(graph.read(text)))
                .toArray();
    }

    /// Frees the graph. No score may be in the making.
    @Override
    public void close() {
        graph.close();
    }
}
