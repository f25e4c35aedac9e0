package pointsman.dialect;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rooms within the dialects: a format knows no other format, and nothing knows the room on top.
class DialectRoomsTest {
    /// Which room may use which others. An arrow that is not in this table does not exist.
    private static final Map<String, Set<String>> ARROWS = arrows("""
            wire         ->
            batch        -> wire
            conversation -> wire
            answer       -> wire
            continuation -> answer conversation wire
            openai       -> conversation wire
            chat         -> conversation answer openai wire
            responses    -> conversation answer openai wire
            messages     -> conversation answer wire
            engine       -> conversation wire
            habit        -> conversation wire
            """);

    private static final String TOP = "pointsman.dialect";

    @Test
    void roomsUseOnlyWhatTheTableAllows() {
        var classes = new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests())
                .importPackages(TOP);
        var house = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("top")
                .definedBy(TOP);
        for (var room : ARROWS.keySet()) {
            house = house.layer(room).definedBy(TOP + "." + room);
        }
        for (var arrow : ARROWS.entrySet()) {
            var mayUse = arrow.getValue().toArray(String[]::new);
            var room = house.whereLayer(arrow.getKey());
            house = mayUse.length == 0 ? room.mayNotAccessAnyLayer() : room.mayOnlyAccessLayers(mayUse);
        }

        house = house.whereLayer("top")
                .mayOnlyAccessLayers("wire", "continuation", "conversation", "answer", "chat", "responses", "messages");

        assertThat(classes).isNotEmpty();
        house.ensureAllClassesAreContainedInArchitecture().check(classes);
    }

    private static Map<String, Set<String>> arrows(String table) {
        return table.lines()
                .map(line -> line.split("->", -1))
                .collect(toMap(line -> line[0].strip(), line -> words(line[1])));
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.strip().split(" ", -1));
    }
}
