package pointsman.dialect;

/// How a conversation begins: its system prompt and its first user turn. All later requests of the conversation
/// begin alike, whatever came after, so this is what it is known by; and a prompt cache holds it.
final class Beginning {
    private final StringBuilder text = new StringBuilder();
    private boolean userSpoke;
    private boolean isContinued;

    /// The system prompt, where it stands outside the turns.
    void system(String prompt) {
        text.insert(0, prompt + '\0');
    }

    /// The next turn.
    void turn(String role, String said) {
        if (userSpoke) {
            isContinued |= role.equals("assistant");
            return;
        }
        text.append(said).append('\0');
        userSpoke = role.equals("user");
    }

    /// Its words; whatever they are, only whether they are the same matters.
    String text() {
        return userSpoke ? text.toString() : "";
    }

    /// Whether the model has answered in it before.
    boolean isContinued() {
        return isContinued;
    }
}
