package pointsman.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Families of chat models that everybody knows by their names (as of 2026-11). A gateway without keys takes
/// such a name for a wish to be answered, where no provider serves it and no pattern says what it means.
public enum ModelFamily {
    OPENAI("gpt-|chatgpt-|codex-|o[1-9](?:$|-)"),
    ANTHROPIC("claude-"),
    /// Of whoever else: nobody's that the gateway has a provider for.
    OTHER("gemini-|gemma|mistral|ministral|magistral|mixtral|codestral|devstral|pixtral|command-|llama|meta-llama|qwen"
            + "|qwq|deepseek|grok-|kimi-|moonshot|glm-|phi-?[0-9]|nova-|minimax|nemotron|granite|smollm");

    /// What has no control characters and no end can be told in a header.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}");
    /// Names of a family that answer no chat.
    private static final Pattern NO_CHAT = Pattern.compile(
            "embed|image|imagen|tts|transcribe|realtime|-live|whisper|moderation|rerank|audio|guard|ocr");

    private final Pattern beginning;

    ModelFamily(String beginning) {
        this.beginning = Pattern.compile(beginning);
    }

    /// The family of a name, with or without its maker in front, such as `openai/gpt-4o`.
    public static Optional<ModelFamily> of(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        var model = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return NO_CHAT.matcher(model).find()
                ? Optional.empty()
                : Arrays.stream(values())
                        .filter(family -> family.beginning.matcher(model).lookingAt())
                        .findFirst();
    }
}
