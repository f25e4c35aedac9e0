package pointsman.dialect.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import pointsman.dialect.conversation.ToolNames.ClientTool;

class ToolNamesTest {
    private static final String LONG = "mcp__server__" + "x".repeat(60);

    private final ToolNames names = new ToolNames();

    @Test
    void aNameThatEverybodyTakesIsKept() {
        assertThat(names.offer("", "get_weather-2", false)).isEqualTo("get_weather-2");
    }

    @Test
    void aLongNameIsCutAndComesBackWhole() {
        var cut = names.offer("", LONG, false);

        assertThat(cut).hasSize(64).startsWith("mcp__server__");
        assertThat(names.back(cut)).isEqualTo(new ClientTool("", LONG));
    }

    @Test
    void namesThatBeginAlikeStayApart() {
        assertThat(names.offer("", LONG + "1", false)).isNotEqualTo(names.offer("", LONG + "2", false));
    }

    @Test
    void aToolIsCalledTheSameInEveryTurn() {
        assertThat(new ToolNames().of("", LONG)).isEqualTo(names.of("", LONG));
    }

    @Test
    void aToolOfANamespaceComesBackInIt() {
        var name = names.offer("workers", "stop", true);

        assertThat(name).isEqualTo("workers__stop");
        assertThat(names.back(name)).isEqualTo(new ClientTool("workers", "stop"));
        assertThat(names.isCustom(name)).isTrue();
    }

    @Test
    void aToolMayBeMeantWithoutItsNamespace() {
        names.offer("workers", "stop", false);

        assertThat(names.offered("", "stop")).isEqualTo("workers__stop");
    }

    @Test
    void aCallOfWhatNobodyOfferedStaysAsItIs() {
        assertThat(names.back("made.up")).isEqualTo(new ClientTool("", "made.up"));
        assertThat(names.isCustom("made.up")).isFalse();
    }

    @Property(tries = 300)
    void anyTwoToolsHaveTwoNamesThatEverybodyTakes(
            @ForAll @StringLength(min = 1, max = 80) String first,
            @ForAll @StringLength(min = 1, max = 80) String second) {
        var fresh = new ToolNames();
        var made = new HashSet<String>();
        made.add(fresh.of("", first));
        made.add(fresh.of("", second));
        made.add(fresh.of(first, second));

        assertThat(made).allMatch(name -> name.matches("[a-zA-Z0-9_-]{1,64}"));
        assertThat(made).hasSizeGreaterThanOrEqualTo(first.equals(second) ? 2 : 3);
    }
}
