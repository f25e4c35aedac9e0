package pointsman.lab.router;

import java.util.List;
import pointsman.learn.Outcome;

/// A pair of models on the sources whose names begin alike.
///
/// @param title for people
/// @param small name of the small model in the outcomes
/// @param large name of the large model in the outcomes
/// @param source what the names of the sources begin with
record Task(String title, String small, String large, String source) {
    /// The tasks that the router is judged on, the same as in `router-model/train/evaluate.py`.
    public static final List<Task> STANDARD = List.of(
            new Task("RouteLLM MMLU", "weak", "strong", "routellm_mmlu"),
            new Task("RouteLLM GSM8K", "weak", "strong", "routellm_gsm8k"),
            new Task(
                    "14-task mix, Llama-3.1 8B to Nemotron 51B",
                    "llama-3.1-8b-instruct",
                    "llama-3.1-nemotron-51b-instruct",
                    "lr_"),
            new Task(
                    "MMLU-Pro, Llama-3.1 8B to 70B",
                    "Meta-Llama-3_1-8B-Instruct",
                    "Meta-Llama-3_1-70B-Instruct",
                    "mmlupro"),
            new Task("ZeroEval, Llama-3.1 8B to GPT-4o", "Meta-Llama-3.1-8B-Instruct", "gpt-4o-2024-05-13", "ze_"));

    boolean covers(Outcome outcome) {
        return outcome.source().startsWith(source) && outcome.has(small) && outcome.has(large);
    }
}
