package pointsman.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// How a conversation begins: its system prompt and its first user turn. All later requests of the
/// conversation begin alike, whatever came after, so this is what it is known by; and a prompt cache holds
/// it.
///
/// Its texts are kept as they were read. Few requests have to be known again, and only for those they are hashed.
final class Beginning {
    private final List<String> texts = new ArrayList<>();
    private boolean userSpoke;
    private boolean isContinued;

    /// The system prompt, where it stands outside the turns.
    void system(String prompt) {
        texts.addFirst(prompt);
    }

    /// Whether the text of this role's next turn belongs to the beginning.
    boolean isOpen() {
        return !userSpoke;
    }

    /// The next turn.
    void turn(String role, String said) {
        if (userSpoke) {
            isContinued |= role.equals("assistant");
            return;
        }
        texts.add(said);
        userSpoke = role.equals("user");
    }

    /// Whether the model has answered in it before.
    boolean isContinued() {
        return isContinued;
    }

    /// A hash of it, which is another one for another owner.
    ///
    /// @return empty if no user has spoken
    Optional<String> fingerprint(String owner) {
        return userSpoke ? Optional.of(hash(owner)) : Optional.empty();
    }

    private String hash(String owner) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            update(digest, owner);
            texts.forEach(text -> update(digest, text));
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(UTF_8));
        digest.update((byte) 0);
    }
}
