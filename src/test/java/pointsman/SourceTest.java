package pointsman;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.util.Elements.DocCommentKind;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The rules of the house that are gone once the code is compiled: how long a file and a method may be, that a
/// public type says what it is, that no package forgot its nulls. The compiler's own parser reads the sources.
class SourceTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 60;
    private static final int RECORD_MEMBERS_MAX = 9;
    private static final Pattern SUPPRESSION = Pattern.compile("(?m)^ *@SuppressWarnings\\(\\{?\"([^\"]+)\"");
    /// Of javac, Error Prone and NullAway: those that somebody had to suppress.
    private static final Set<String> CHECKS =
            Set.of("BanJNDI", "NullAway", "NullAway.Init", "ReferenceEquality", "TypeParameterUnusedInFormals");
    private static final Path PROJECT = Path.of(System.getProperty("project.basedir", ""));

    private static final List<Path> FILES = new ArrayList<>();
    private static final List<CompilationUnitTree> UNITS = new ArrayList<>();
    private static @Nullable DocTrees trees;

    @BeforeAll
    static void parseAllSources() throws IOException {
        for (var root : List.of("src/main/java", "src/test/java", "src/lab/java")) {
            FILES.addAll(javaFiles(PROJECT.resolve(root)));
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var files = compiler.getStandardFileManager(null, null, null);
        var task =
                (JavacTask) compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(FILES));
        task.parse().forEach(UNITS::add);
        trees = DocTrees.instance(task);
    }

    @Test
    void everySourceWasRead() {
        assertThat(UNITS).hasSameSizeAs(FILES).hasSizeGreaterThan(10);
    }

    @Test
    void noFileIsLongerThanAReaderCanHold() throws IOException {
        var tooLong = new ArrayList<String>();
        for (var file : FILES) {
            var lines = Files.readAllLines(file).size();
            if (lines > FILE_LINES_MAX) {
                tooLong.add(PROJECT.relativize(file) + ": " + lines + " lines");
            }
        }

        assertThat(tooLong).as("files over %d lines", FILE_LINES_MAX).isEmpty();
    }

    @Test
    void noMethodIsLongerThanAScreen() {
        var tooLong = new ArrayList<String>();
        eachMethod((unit, method) -> {
            var lines = lines(unit, method);
            if (lines > METHOD_LINES_MAX) {
                tooLong.add(nameOf(unit) + " " + method.getName() + ": " + lines + " lines");
            }
        });

        assertThat(tooLong).as("methods over %d lines", METHOD_LINES_MAX).isEmpty();
    }

    @Test
    void noRecordHasMoreMembersThanAReaderCanHold() {
        var tooWide = new ArrayList<String>();
        eachClass((unit, type) -> {
            var members = type.getMembers().stream()
                    .filter(SourceTest::isRecordMember)
                    .count();
            if (type.getKind() == Tree.Kind.RECORD && members > RECORD_MEMBERS_MAX) {
                tooWide.add("%s %s: %d members".formatted(nameOf(unit), type.getSimpleName(), members));
            }
        });

        assertThat(tooWide)
                .as("records with over %d members", RECORD_MEMBERS_MAX)
                .isEmpty();
    }

    @Test
    void everyPublicTypeSaysWhatItIs() {
        var silent = UNITS.stream()
                .flatMap(unit -> unit.getTypeDecls().stream()
                        .filter(SourceTest::isPublic)
                        .map(type -> new TreePath(new TreePath(unit), type))
                        .filter(type -> trees().getDocCommentKind(type) != DocCommentKind.END_OF_LINE)
                        .map(_ -> nameOf(unit)));

        assertThat(silent).as("public types without a `///` comment").isEmpty();
    }

    /// A suppression of a check that is off, or of a tool that is not there, hides nothing.
    @Test
    void everySuppressionNamesACheckThatIsOn() throws IOException {
        var stale = new ArrayList<String>();
        for (var file : FILES) {
            SUPPRESSION
                    .matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .filter(check -> !CHECKS.contains(check))
                    .forEach(check -> stale.add(PROJECT.relativize(file) + ": " + check));
        }

        assertThat(stale).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        var packages = UNITS.stream().map(SourceTest::packageOf).collect(toSet());
        var marked = UNITS.stream()
                .filter(unit -> unit.getPackageAnnotations().toString().contains("@NullMarked"))
                .map(SourceTest::packageOf);

        assertThat(marked).containsExactlyInAnyOrderElementsOf(packages);
    }

    private static void eachMethod(BiConsumer<CompilationUnitTree, MethodTree> visitor) {
        var scanner = new TreePathScanner<@Nullable Void, CompilationUnitTree>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, CompilationUnitTree unit) {
                visitor.accept(unit, method);
                return super.visitMethod(method, unit);
            }
        };
        UNITS.forEach(unit -> scanner.scan(new TreePath(unit), unit));
    }

    private static void eachClass(BiConsumer<CompilationUnitTree, ClassTree> visitor) {
        var scanner = new TreePathScanner<@Nullable Void, CompilationUnitTree>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, CompilationUnitTree unit) {
                visitor.accept(unit, type);
                return super.visitClass(type, unit);
            }
        };
        UNITS.stream()
                .filter(unit -> nameOf(unit).startsWith("src/main"))
                .forEach(unit -> scanner.scan(new TreePath(unit), unit));
    }

    private static boolean isRecordMember(Tree member) {
        return member instanceof VariableTree field
                && !field.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    private static long lines(CompilationUnitTree unit, Tree tree) {
        var positions = trees().getSourcePositions();
        var first = unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree));
        var last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, tree));
        return last - first + 1;
    }

    private static boolean isPublic(Tree type) {
        return type instanceof ClassTree named
                && named.getModifiers().getFlags().contains(Modifier.PUBLIC);
    }

    private static Path nameOf(CompilationUnitTree unit) {
        return PROJECT.toAbsolutePath().relativize(Path.of(unit.getSourceFile().toUri()));
    }

    /// The directory, for a package has its main and its test half, and each must be marked. The laboratory is compiled
    /// together with the tests.
    private static String packageOf(CompilationUnitTree unit) {
        return requireNonNull(nameOf(unit).getParent()).toString().replaceFirst("^src/lab/", "src/test/");
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    private static DocTrees trees() {
        return requireNonNull(trees);
    }
}
