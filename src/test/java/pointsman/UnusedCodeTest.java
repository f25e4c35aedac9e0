package pointsman;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What nobody calls is deleted: the compiler sees to what is private, this test to everything else. Tests
/// do not count as callers; the laboratory does.
///
/// Not looked at: constructors, which Spring and picocli call, constants, which the compiler copies to
/// where they are used, and the accessors of records, which are part of what they say.
class UnusedCodeTest {
    /// What tests alone look at, and which says what could not be seen otherwise.
    private static final Set<String> FOR_TESTS = Set.of(
            "dialect.Dialects.read",
            "fleet.local.LocalModel.pid",
            "fleet.local.LocalModel.problem",
            "http.BodyBudget.taken",
            "job.run.ConcurrencyLimit.limit",
            "plan.Plan.hits",
            "plan.Plan.shared",
            "plan.PlanOptions.withDependencies",
            "plan.PlanOptions.withSteps",
            "plan.PlanOptions.withTime",
            "score.CalibrationCurve.probability",
            "score.CalibrationCurve.raw",
            "table.TableMemory.taken",
            "tokens.TokenCounter.bytes");

    /// What Spring finds by its name, or the JVM.
    private static final Set<String> FOUND_BY_NAME =
            Set.of("PointsmanApplication", "PointsmanApplication.main", "command.StartFailures");

    /// Public for a constant that the compiler copies, `ServeCommand.RUNNING`, or for the laboratory's
    /// `catch`.
    private static final Set<String> PUBLIC_ALL_THE_SAME =
            Set.of("command.ServeCommand", "command.MalformedLineException");

    /// The library: its users are elsewhere.
    private static final String LIBRARY = "embed.";

    private static final String ROOT = "pointsman.";
    private static final JavaClasses ALL = classes();
    private static final Map<JavaClass, List<JavaClass>> BY_TOP = ALL.stream().collect(groupingBy(UnusedCodeTest::top));

    @Test
    void everyMethodIsCalled() {
        var unused = main().flatMap(type -> type.getMethods().stream())
                .filter(method ->
                        method.getAccessesToSelf().stream().noneMatch(access -> mayCall(access.getOriginOwner())))
                .filter(method -> !isCalledByOthers(method))
                .map(method -> name(method.getOwner()) + "." + method.getName())
                .filter(name -> !FOUND_BY_NAME.contains(name) && !name.startsWith(LIBRARY));

        assertThat(unused.distinct()).containsExactlyInAnyOrderElementsOf(FOR_TESTS);
    }

    @Test
    void everyTypeIsUsed() {
        var unused = main().filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.isAnnotatedWith(Configuration.class))
                .filter(type -> users(type)
                        .noneMatch(user -> mayCall(user) && !top(user).equals(type)))
                .map(UnusedCodeTest::name)
                .filter(name -> !FOUND_BY_NAME.contains(name) && !name.startsWith(LIBRARY));

        assertThat(unused).isEmpty();
    }

    /// Style, line 3: a type is package-private until another package needs it or what it holds. Tests count.
    @Test
    void whatOnlyItsOwnRoomNeedsIsNotPublic() {
        var tooPublic = main().filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .filter(type ->
                        users(type).allMatch(user -> user.getPackageName().equals(type.getPackageName())))
                .map(UnusedCodeTest::name)
                .filter(name -> !FOUND_BY_NAME.contains(name)
                        && !PUBLIC_ALL_THE_SAME.contains(name)
                        && !name.startsWith(LIBRARY));

        assertThat(tooPublic).isEmpty();
    }

    /// Of what lies outside only the supertypes matter: to look up all that the tests touch takes half a
    /// minute.
    private static JavaClasses classes() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            for (var types : List.of("MemberTypes", "AccessesToTypes", "AnnotationTypes", "GenericSignatureTypes")) {
                configuration.setProperty("import.dependencyResolutionProcess.maxIterationsFor" + types, "0");
            }
            return new ClassFileImporter().importPackages("pointsman");
        });
    }

    /// Of a type and of those in it.
    private static Stream<JavaClass> users(JavaClass type) {
        return BY_TOP.getOrDefault(type, List.of()).stream()
                .flatMap(part -> part.getDirectDependenciesToSelf().stream())
                .map(Dependency::getOriginClass);
    }

    private static Stream<JavaClass> main() {
        return ALL.stream()
                .filter(UnusedCodeTest::isMain)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .filter(type -> !type.getName().contains("__")); // made by the build, of our beans
    }

    private static boolean mayCall(JavaClass type) {
        return isMain(type)
                || (type.getPackageName().startsWith(ROOT + "lab")
                        && !top(type).getName().endsWith("Test"));
    }

    private static boolean isMain(JavaClass type) {
        return type.getSource()
                .filter(source -> !source.getUri().toString().contains("/test-classes/"))
                .isPresent();
    }

    /// By a framework, by whoever knows only the interface, or by the compiler.
    private static boolean isCalledByOthers(JavaMethod method) {
        var owner = method.getOwner();
        return method.getModifiers().contains(JavaModifier.SYNTHETIC)
                || method.getName().startsWith("lambda$")
                || method.isAnnotatedWith(Bean.class)
                || (owner.isEnum() && Set.of("values", "valueOf").contains(method.getName()))
                || (owner.isRecord() && owner.tryGetField(method.getName()).isPresent())
                || overrides(method);
    }

    private static boolean overrides(JavaMethod method) {
        var owner = method.getOwner();
        return Stream.concat(owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
                .flatMap(type -> type.getMethods().stream())
                .anyMatch(other -> other.getName().equals(method.getName())
                        && other.getRawParameterTypes().size()
                                == method.getRawParameterTypes().size());
    }

    private static JavaClass top(JavaClass type) {
        var outer = type;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer;
    }

    private static String name(JavaClass type) {
        return type.getName().substring(ROOT.length());
    }
}
