package pointsman;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/// The rules of the house that the compiler cannot see, read from the compiled classes. Those that are read from the
/// sources are in [SourceTest].
class ArchitectureTest {
    /// Which room may use which others. An arrow that is not in this table does not exist, nor does a room; the root
    /// package may use every room, and no room may use the root.
    private static final Map<String, Set<String>> ARROWS = arrows("""
            failure  ->
            score    ->
            evaluation -> score
            table    ->
            tier     -> score
            usage    -> tier
            dialect  -> failure tier usage
            access   -> failure tier usage
            upstream -> failure tier usage dialect
            chat     -> failure tier usage dialect access upstream score
            batch    -> failure tier usage dialect access upstream score table
            console  -> failure tier usage dialect access upstream score table chat batch
            """);

    private static final String ROOT = "pointsman";
    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void roomsUseOnlyWhatTheTableAllows() {
        var house = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .ensureAllClassesAreContainedInArchitecture()
                .layer("root")
                .definedBy(ROOT);
        for (var room : ARROWS.keySet()) {
            house = house.layer(room).definedBy(tree(room));
        }
        for (var arrow : ARROWS.entrySet()) {
            var mayUse = arrow.getValue().toArray(String[]::new);
            var room = house.whereLayer(arrow.getKey());
            house = mayUse.length == 0 ? room.mayNotAccessAnyLayer() : room.mayOnlyAccessLayers(mayUse);
        }

        check(house);
    }

    @Test
    void thePureRoomsKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(tree("dialect"), tree("evaluation"), tree("failure"), tree("table"), tree("tier"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..", "reactor..", "io.micrometer..", "io.github.resilience4j.."));
    }

    @Test
    void onlyTheScorerTouchesTheModelRuntime() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(tree("score"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnxruntime..", "ai.djl.."));
    }

    @Test
    void onlyTheRoadToTheUpstreamsKnowsResilience4j() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(tree("upstream"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j.."));
    }

    @Test
    void nothingBlocksOnAPublisherButTheCommandLine() {
        var isCommand = resideInAPackage(ROOT).and(simpleNameEndingWith("Command"));

        check(noClasses()
                .that(DescribedPredicate.not(isCommand))
                .should()
                .accessTargetWhere(publisherMethod(
                        "that blocks",
                        name -> name.startsWith("block")
                                || Set.of("toIterable", "toStream").contains(name))));
    }

    @Test
    void nothingSubscribesButTheServer() {
        check(noClasses()
                .should()
                .accessTargetWhere(publisherMethod(
                        "that subscribes",
                        name -> Set.of("subscribe", "subscribeWith").contains(name))));
    }

    @Test
    void configurationArrivesAsRecordsAndNeverByValueAnnotations() {
        check(noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.beans.factory.annotation.Value"));
    }

    /// A room may still be empty, so a rule may find nothing to look at; that there are classes at all is asserted.
    private static void check(ArchRule rule) {
        assertThat(MAIN).isNotEmpty();
        rule.allowEmptyShould(true).check(MAIN);
    }

    private static Map<String, Set<String>> arrows(String table) {
        return table.lines()
                .map(line -> line.split("->", -1))
                .collect(toMap(line -> line[0].strip(), line -> words(line[1])));
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.strip().split(" ", -1));
    }

    private static String tree(String room) {
        return ROOT + "." + room + "..";
    }

    private static DescribedPredicate<JavaAccess<?>> publisherMethod(String description, Predicate<String> name) {
        return targetOwner(assignableTo(Publisher.class))
                .and(DescribedPredicate.describe(
                        description,
                        (JavaAccess<?> access) -> name.test(access.getTarget().getName())))
                .forSubtype();
    }
}
