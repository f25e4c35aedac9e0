package pointsman.lab.bench;

import java.util.List;

/// Questions with long answers. Each is asked in so many ways that none has to be asked twice.
final class EngineQuestions {
    private static final List<String> SUBJECTS = List.of(
            "a lighthouse keeper",
            "the mountains in winter",
            "how bread is baked",
            "the city of Rome",
            "the sea and its animals",
            "a garden in spring",
            "the first day of school",
            "how a bicycle works",
            "the moon and the stars",
            "a train journey");

    private static final List<String> WAYS = List.of(
            "Write a numbered list of twelve facts about %s, each in a full sentence.",
            "Write a long story in several paragraphs about %s.",
            "Write a letter to a friend about %s, with many details.",
            "Write a dialogue of sixteen lines between a teacher and a pupil about %s.",
            "Explain to a child, step by step and in ten sentences, what is interesting about %s.",
            "Write a Python program that prints ten sentences about %s, and explain it.");

    private EngineQuestions() {}

    static String at(int index) {
        var way = WAYS.get((index + index / SUBJECTS.size()) % WAYS.size());
        return way.formatted(SUBJECTS.get(index % SUBJECTS.size()));
    }
}
