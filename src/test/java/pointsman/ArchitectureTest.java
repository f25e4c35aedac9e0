package pointsman;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/// The rules of the house that the compiler cannot see, read from the compiled classes. Those that are read
/// from the sources are in [SourceTest].
class ArchitectureTest {
    /// Which room may use which others. An arrow that is not in this table does not exist, nor does a room;
    /// the root package may use every room, and no room may use the root.
    private static final Map<String, Set<String>> ARROWS = arrows("""
            failure  ->
            usage    ->
            score    ->
            table    ->
            time     ->
            tokens   -> table
            learn    -> score
            dialect  -> failure usage tokens
            cache    -> dialect tokens
            plan     -> table tokens cache
            fleet    -> failure usage dialect cache time
            access   -> failure score fleet
            route    -> failure usage dialect score access fleet
            embed    -> dialect score route
            http     -> failure dialect access time
            chat     -> failure usage dialect score access fleet route http cache time
            surface  -> failure usage dialect access fleet route http time chat
            job      -> failure usage dialect score access fleet route http cache tokens table plan
            tablejob -> failure usage dialect score access fleet route http cache tokens table plan job
            batch    -> failure usage dialect score access fleet route http cache tokens table plan job
            command  -> failure usage dialect score access fleet route http cache tokens table plan job learn
            """);

    /// Whoever looks for something in a room reads the names of its files.
    private static final int ROOM_FILES_MAX = 45;

    private static final String ROOT = "pointsman";
    private static final JavaClasses MAIN =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(ROOT);

    @Test
    void roomsUseOnlyWhatTheTableAllows() {
        var house = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(false)
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
    void noRoomIsLargerThanAReaderCanHold() {
        var files = MAIN.stream()
                .filter(type -> type.getSource().isPresent())
                .filter(type -> !type.getName().contains("$") && !type.getName().contains("__")) // made by the build
                .collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(files)
                .allSatisfy((room, count) ->
                        assertThat(count).as("files in %s", room).isLessThanOrEqualTo(ROOM_FILES_MAX));
    }

    @Test
    void theRoomsOfTheDialectsLieUponEachOther() {
        slices().matching("pointsman.(**)").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void thePureRoomsKnowNoFramework() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        trees("cache", "dialect", "embed", "failure", "learn", "plan", "route", "table", "tokens"))
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
                .resideOutsideOfPackage(tree("fleet"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j.."));
    }

    @Test
    void nothingBlocksOnAPublisherButTheCommandLine() {
        var isCommand = resideInAPackage(tree("command")).and(simpleNameEndingWith("Command"));

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
        // An operator of our own is made of what it subscribes to.
        check(noClasses()
                .that()
                .resideOutsideOfPackage(tree("time"))
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

    /// A rule about a room that is not there would hold for ever.
    private static void check(ArchRule rule) {
        rule.allowEmptyShould(false).check(MAIN);
    }

    private static Map<String, Set<String>> arrows(String table) {
        return table.lines()
                .map(line -> line.split("->", -1))
                .collect(toMap(line -> line[0].strip(), line -> words(line[1])));
    }

    private static Set<String> words(String text) {
        return text.isBlank() ? Set.of() : Set.of(text.strip().split(" ", -1));
    }

    private static String[] trees(String... rooms) {
        return Arrays.stream(rooms).map(ArchitectureTest::tree).toArray(String[]::new);
    }

    private static String tree(String room) {
        assertThat(ARROWS).as("the rooms that there are").containsKey(room);
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
