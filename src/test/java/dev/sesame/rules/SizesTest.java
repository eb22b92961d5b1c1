package dev.sesame.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is small can be read whole. The limits hold for tests too; the typical sizes only for the product.
class SizesTest {

    /// On the way to 60.
    private static final int TYPICAL_LINES = 70;

    private static final List<Method> METHODS = new ArrayList<>();

    /// A method or constructor: where it is, how many lines it has from its name to its end, how many parameters.
    record Method(String place, int lines, int parameters) {
        boolean isTest() {
            return place.contains("src/test/");
        }
    }

    @BeforeAll
    static void parse() throws IOException {
        List<Path> files = Stream.concat(Sources.java(Sources.MAIN).stream(), Sources.java(Sources.TEST).stream())
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(new MethodScanner(unit, positions), null);
            }
        }
    }

    @Test
    void noFileIsOver400Lines() {
        assertThat(Stream.concat(Sources.java(Sources.MAIN).stream(), Sources.java(Sources.TEST).stream())
                        .filter(file -> Sources.lines(file).size() > 400))
                .as("Files over 400 lines: find the part that has a name of its own and give it a file")
                .isEmpty();
    }

    @Test
    void filesAreTypicallySmall() {
        List<Integer> sizes = Sources.java(Sources.MAIN).stream()
                .filter(file -> !file.endsWith("package-info.java"))
                .map(file -> Sources.lines(file).size())
                .sorted()
                .toList();
        assertThat(sizes.get(sizes.size() / 2))
                .as("Median lines of a file; large files need splitting")
                .isLessThanOrEqualTo(TYPICAL_LINES);
        assertThat(sizes.get(sizes.size() * 95 / 100))
                .as("Lines at the 95th percentile of files; large files need splitting")
                .isLessThanOrEqualTo(250);
    }

    @Test
    void noMethodIsLong() {
        assertThat(METHODS.stream().filter(method -> method.lines > (method.isTest() ? 80 : 60)))
                .as("Methods over 60 lines (80 in tests): a step of it with a name becomes a method of its own")
                .isEmpty();
    }

    @Test
    void noMethodTakesMoreThan6Parameters() {
        assertThat(METHODS.stream().filter(method -> method.parameters > 6))
                .as("Methods with more than 6 parameters: those that always go together are a record")
                .isEmpty();
    }

    @SuppressWarnings("VoidUsed") // as the scanner has it
    private static final class MethodScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private Tree.Kind enclosing = Tree.Kind.CLASS;

        MethodScanner(CompilationUnitTree unit, SourcePositions positions) {
            this.unit = unit;
            this.positions = positions;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            Tree.Kind outer = enclosing;
            enclosing = type.getKind();
            super.visitClass(type, nothing);
            enclosing = outer;
            return nothing;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            // A record's own constructor takes its components, which are data.
            boolean recorded = enclosing == Tree.Kind.RECORD && method.getReturnType() == null;
            String place = unit.getSourceFile().getName() + ":" + first + " " + method.getName();
            METHODS.add(new Method(
                    place,
                    (int) (last - first + 1),
                    recorded ? 0 : method.getParameters().size()));
            return super.visitMethod(method, nothing);
        }
    }
}
