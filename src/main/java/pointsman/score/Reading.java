package pointsman.score;

/// What the graph says about one text, before any pair of models is asked about.
///
/// @param logits one a model, in the order of [RouterModel#models]; sigmoid of it is P(the model is right)
/// @param skills what the text asks for; a model's logit is its [Ability] times these. Empty if the graph has none
/// @param tokenCount word pieces of the text, special ones not counted
public record Reading(float[] logits, float[] skills, int tokenCount) {}
