package pointsman.score;

import java.util.Optional;
import java.util.regex.Pattern;

/// A guess at a model of which nothing is known but what its tokens cost.
///
/// What hosts ask for open models grows with their size, by about a cent for a billion parameters and a million tokens
/// (prompt and answer mixed three to one): some 8 cents for 8B, 70 for 70B, four dollars for 405B. So a price is read
/// as the size that would cost as much ([DeclaredSize]): a guess at a guess, but it puts two models in the right order
/// and about as far apart as they are.
final class DeclaredPrice {
    private static final Pattern DOLLARS = Pattern.compile("\\$(\\d{1,4}(?:\\.\\d{1,4})?)");
    private static final double BILLIONS_FOR_A_DOLLAR = 100;

    private DeclaredPrice() {}

    /// Reads `$0.6`, in US dollars for a million tokens; nothing else is a price, and what costs nothing has none.
    static Optional<DeclaredSize> parse(String name) {
        var matcher = DOLLARS.matcher(name);
        return matcher.matches() && Double.parseDouble(matcher.group(1)) > 0
                ? Optional.of(new DeclaredSize(BILLIONS_FOR_A_DOLLAR * Double.parseDouble(matcher.group(1))))
                : Optional.empty();
    }
}
