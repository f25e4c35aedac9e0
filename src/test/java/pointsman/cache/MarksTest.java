package pointsman.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import pointsman.cache.Marks.Mark;
import pointsman.cache.ProviderCache.Hint;
import pointsman.cache.ProviderCache.Prices;
import pointsman.cache.ProviderCache.Scope;
import pointsman.dialect.chat.PromptText;
import pointsman.dialect.chat.PromptText.Place;
import pointsman.dialect.chat.PromptTokens;
import tools.jackson.databind.json.JsonMapper;

class MarksTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String INSTRUCTION = "Say what you think of it, and why. ".repeat(8);

    @Test
    void whatAllShareIsMarkedAtTheInstructionsEnd() {
        var marks = marks(cache(16, 1.25), "one two", "three four");

        assertThat(marks)
                .allSatisfy(its -> assertThat(its).extracting(Mark::place).containsExactly(new Place(1, 0)));
    }

    @Test
    void aBeginningWithOneUserIsNeverMarked() {
        var marks = marks(cache(16, 1.25), text("a", "x"), text("a", "y"), text("b", "z"));

        assertThat(marks).extracting(List::size).containsExactly(2, 2, 1);
        assertThat(users(marks)).allSatisfy(count -> assertThat(count).isGreaterThan(1));
    }

    @Test
    void whereWritingCostsTwiceTwoUsersDoNotPayForIt() {
        var two = marks(cache(16, 2), text("a", "x"), text("a", "y"), text("b", "z"));
        var three = marks(cache(16, 2), text("a", "x"), text("a", "y"), text("a", "z"), text("b", "z"));

        assertThat(two).extracting(List::size).containsExactly(1, 1, 1);
        assertThat(three).extracting(List::size).containsExactly(2, 2, 2, 1);
    }

    @Test
    void whatIsTooShortForTheProviderIsNotMarked() {
        var marks = marks(cache(100_000, 1.25), text("a", "x"), text("a", "y"));

        assertThat(marks).allSatisfy(its -> assertThat(its).isEmpty());
    }

    @Test
    void aPromptHasFourMarksAtMostAndTheBestOfThem() {
        var prompts = new ArrayList<String>();
        for (int depth = 1; depth <= 8; depth++) {
            var beginning = "";
            for (int level = 1; level <= depth; level++) {
                beginning += text("level " + level, "");
            }
            prompts.add(beginning + "end " + depth);
            prompts.add(beginning + "fin " + depth);
        }

        var marks = marks(cache(16, 1.25), prompts.toArray(String[]::new));

        assertThat(marks)
                .extracting(List::size)
                .allSatisfy(size -> assertThat(size).isBetween(1, 4));
        assertThat(marks.getLast()).hasSize(4);
        assertThat(users(marks)).allSatisfy(count -> assertThat(count).isGreaterThan(1));
    }

    @Test
    void aMarkedRequestSaysTheSame() {
        var body = body(text("a", "x"));
        var mark = JSON.createObjectNode().put("type", "ephemeral");

        var marked = JSON.readTree(PromptText.marked(body, List.of(new Place(1, 0), new Place(1, 70)), mark));

        assertThat(marked.at("/messages/0/content/0/text").asString()).isEqualTo(INSTRUCTION);
        assertThat(marked.at("/messages/0/content/0/cache_control/type").asString())
                .isEqualTo("ephemeral");
        assertThat(marked.at("/messages/1/content/0/text").asString()
                        + marked.at("/messages/1/content/1/text").asString())
                .isEqualTo(text("a", "x"));
        assertThat(marked.at("/messages/1/content/1").has("cache_control")).isFalse();
    }

    /// How many prompts carry each mark.
    private static Iterable<Integer> users(List<List<Mark>> marks) {
        var users = new HashMap<PromptText, Integer>();
        marks.forEach(its -> its.forEach(mark -> users.merge(mark.beginning(), 1, Integer::sum)));
        return users.values();
    }

    private static List<List<Mark>> marks(ProviderCache cache, String... users) {
        var prompts = Stream.of(users).map(user -> PromptText.of(body(user))).toList();
        return Marks.of(prompts, new int[] {0}, cache, new PromptTokens());
    }

    private static String body(String user) {
        var body = JSON.createObjectNode();
        var messages = body.putArray("messages");
        messages.addObject().put("role", "system").put("content", INSTRUCTION);
        messages.addObject().put("role", "user").put("content", user);
        return body.toString();
    }

    private static String text(String shared, String own) {
        return Stream.generate(() -> shared + " ").limit(40).reduce("", String::concat) + own;
    }

    private static ProviderCache cache(int minimum, double writeFactor) {
        return new ProviderCache(
                "marked",
                List.of(),
                Scope.EXPLICIT,
                new CacheRule(minimum, 1),
                2,
                new Prices(0.1, writeFactor),
                300,
                Hint.CACHE_CONTROL,
                "");
    }
}
