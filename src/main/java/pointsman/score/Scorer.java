package pointsman.score;

import java.util.List;

/// Scores texts for one pair of models.
public interface Scorer {
    /// Scores each text by itself.
    ///
    /// @param texts one prompt each, none of them blank; a giant one is cut as [PromptTokenizer] says
    /// @return P(the small model's answer is good enough) for each text, in their order. A text's score depends on
    ///     that text alone, to the last bit, whatever else is scored beside it
    double[] scores(List<String> texts);
}
