package dev.sesame.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageNotesTest {

    private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `([a-z.]+)` \\|");

    private static final Set<String> PACKAGES = Sources.java(Sources.MAIN).stream()
            .map(file -> Sources.MAIN.relativize(file).toString())
            .map(file -> file.substring(0, file.lastIndexOf('/')).replace('/', '.'))
            .collect(Collectors.toCollection(TreeSet::new));

    @Test
    void everyPackageSaysWhatItIs() {
        assertThat(PACKAGES).allSatisfy(name -> {
            Path note = Sources.MAIN.resolve(name.replace('.', '/')).resolve("package-info.java");
            assertThat(note).as("Each package has a package-info.java").exists();
            List<String> lines = Sources.lines(note);
            assertThat(lines).as(note + " is @NullMarked").contains("@NullMarked");
            assertThat(lines.stream().filter(line -> line.startsWith("///")).count())
                    .as(note + ": 2 to 8 lines that say what the package is, its public types, what it may use")
                    .isBetween(2L, 8L);
        });
    }

    @Test
    void architecturePageNamesEveryPackageAndNoOther() throws java.io.IOException {
        Set<String> named = PACKAGE_ROW
                .matcher(Files.readString(Path.of("docs/architecture.md")))
                .results()
                .map(MatchResult::group)
                .map(row -> ProductClasses.ROOT + "." + row.substring(3, row.lastIndexOf('`')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(named)
                .as("The table of packages in docs/architecture.md: add, correct or remove the row")
                .isEqualTo(PACKAGES);
    }
}
